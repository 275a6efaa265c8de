import type { CellValue, ReplayAnswer, Row, WorldAnswer } from './answer.js';

/** The answer as a table for people: what was asked, a table a world, and what it rests on. */
export function renderTable(answer: ReplayAnswer): string {
  const unverified = answer.law.filter(({ verified }) => !verified).map(({ ref }) => ref);
  const lines = [
    ...questionLines(answer),
    ...answer.worlds.flatMap(worldLines),
    '',
    'What it rests on',
    ...answer.assumptions.notes.map((note) => `  ${note}`),
    ...(unverified.length > 0
      ? [`  Not verified against a published source: ${unverified.join(', ')}.`]
      : []),
    `  Computed by ${answer.code}; replay ${answer.id}.`,
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function questionLines(answer: ReplayAnswer): readonly string[] {
  const { on, knownAt, from, to, observedUntil, position, historyHash } = answer;
  const due = [from && `from ${from}`, to && `up to ${to}`].filter(Boolean);
  return [
    `On ${on}, observed until ${observedUntil}, at position ${position}.`,
    ...(knownAt === null ? [] : [`As known at ${knownAt}.`]),
    ...(due.length > 0 ? [`Only obligations due ${due.join(' ')}.`] : []),
    `History ${historyHash}`,
  ];
}

function worldLines({
  scenario,
  presence,
  policyHash,
  warnings,
  rows,
}: WorldAnswer): readonly string[] {
  return [
    '',
    `${scenario} (presence ${presence}, policy ${policyHash.slice(0, 12)})`,
    ...warnings.map((warning) => `  Warning: ${warning}`),
    ...tableLines(rows).map((line) => `  ${line}`),
  ];
}

function tableLines(rows: readonly Row[]): readonly string[] {
  const [first] = rows;
  if (!first) return ['nothing'];
  const columns = Object.keys(first).map((name) => columnOf(name, rows));
  return [0, ...rows.map((_, at) => at + 1)].map((line) =>
    columns
      .map((column) => column[line])
      .join('  ')
      .trimEnd(),
  );
}

/** Name and values of a column, all of one width; numbers stand on the right. */
function columnOf(name: string, rows: readonly Row[]): readonly string[] {
  const isNumeric = rows.some((row) => typeof row[name] === 'number');
  const cells = [name, ...rows.map((row) => shown(row[name]))];
  const width = cells.reduce((widest, cell) => Math.max(widest, cell.length), 0);
  return cells.map((cell) => (isNumeric ? cell.padStart(width) : cell.padEnd(width)));
}

function shown(value: CellValue | undefined): string {
  return String(value ?? '-');
}

/** Names and warnings come from files: none of them may steer a terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ');
}

/** The rows of all worlds as CSV (RFC 4180): in front the world, behind what the figures rest on. */
export function renderCsv(answer: ReplayAnswer): string {
  const { worlds, on, observedUntil, position, code, id } = answer;
  const columns = [
    ...new Set(worlds.flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row)))),
  ];
  const head = [
    ...['scenario', 'presence', 'policyHash', ...columns],
    ...['on', 'observedUntil', 'position', 'code', 'replay'],
  ];
  const body = worlds.flatMap(({ scenario, presence, policyHash, rows }) =>
    rows.map((row) => [
      ...[scenario, presence, policyHash, ...columns.map((column) => row[column])],
      ...[on, observedUntil, position, code, id],
    ]),
  );
  return [head, ...body].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: CellValue | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  // A spreadsheet would take such a text for a formula.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
