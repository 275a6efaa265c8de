import type { CellValue, ReplayAnswer, Row, WorldAnswer } from './answer.js';
import { presenceRanges } from './presence-range.js';
import { dimensions } from './request.js';

/** The answer as a table for people: what was asked, a table a world, and what it rests on. */
export function renderTable(answer: ReplayAnswer): string {
  const unverified = unverifiedLaw(answer);
  const lines = [
    ...questionLines(answer),
    ...answer.worlds.flatMap(worldLines),
    ...presenceRanges(answer).flatMap(({ scenario, rows }) => [
      '',
      `${scenario}, from the lowest to the highest figure of the assumptions of presence`,
      ...tableLines(rows),
    ]),
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

function unverifiedLaw({ law }: ReplayAnswer): readonly string[] {
  return law.filter(({ verified }) => !verified).map(({ ref }) => ref);
}

function questionLines(answer: ReplayAnswer): readonly string[] {
  const { on, knownAt, from, to, observedUntil, position, historyHash, assumptions } = answer;
  const due = [from && `from ${from}`, to && `up to ${to}`].filter(Boolean);
  return [
    `On ${on}, observed until ${observedUntil}, at position ${position}.`,
    knownAt === null ? 'With all that is known by now.' : `As known at ${knownAt}.`,
    ...(due.length > 0 ? [`Only obligations due ${due.join(' ')}.`] : []),
    `Assumed of stays without a recorded departure: ${assumptions.presence.join(', ')}.`,
    `History ${historyHash}`,
  ];
}

function worldLines(world: WorldAnswer): readonly string[] {
  const { scenario, presence, policyHash, warnings, rows } = world;
  return [
    '',
    `${scenario} (presence ${presence})`,
    `  Policy ${policyHash}`,
    ...warnings.map((warning) => `  Warning: ${warning}`),
    ...tableLines(rows),
  ];
}

function tableLines(rows: readonly Row[]): readonly string[] {
  const [first] = rows;
  if (!first) return ['  nothing'];
  const columns = Object.keys(first).map((name) => columnOf(name, rows));
  return [0, ...rows.map((_, at) => at + 1)].map((line) => {
    const cells = columns.map((column) => column[line]);
    return `  ${cells.join('  ').trimEnd()}`;
  });
}

/** Name and values of a column, all of one width; figures stand on the right. */
function columnOf(name: string, rows: readonly Row[]): readonly string[] {
  const isDimension = dimensions.some((dimension) => dimension === name);
  const cells = [name, ...rows.map((row) => String(row[name] ?? '-'))];
  const width = cells.reduce((widest, cell) => Math.max(widest, cell.length), 0);
  return cells.map((cell) => (isDimension ? cell.padEnd(width) : cell.padStart(width)));
}

/** Names and warnings come from files: none of them may steer a terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ');
}

/**
 * The rows of all worlds as CSV (RFC 4180): in front the world, behind what the figures rest on, in
 * every row, so that none of it is lost when rows are taken out. A world without rows has one of no figures.
 */
export function renderCsv(answer: ReplayAnswer): string {
  const { worlds } = answer;
  const columns = [
    ...new Set(worlds.flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row)))),
  ];
  const basis = basisOf(answer);
  const head = [
    ...['scenario', 'presence', 'policyHash', ...columns],
    ...['warnings', ...Object.keys(basis)],
  ];
  const body = worlds.flatMap(({ scenario, presence, policyHash, warnings, rows }) =>
    (rows.length > 0 ? rows : [{} as Row]).map((row) => [
      ...[scenario, presence, policyHash, ...columns.map((column) => row[column])],
      ...[warnings.join(' '), ...Object.values(basis)],
    ]),
  );
  return [head, ...body].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/** What all rows of an answer rest on, by the names of their columns. */
function basisOf(answer: ReplayAnswer): Readonly<Record<string, string | null>> {
  const { on, knownAt, from, to, observedUntil, position, historyHash, code, id } = answer;
  return {
    ...{ on, knownAt, from, to, observedUntil, position, historyHash },
    assumptions: answer.assumptions.notes.join(' '),
    unverified: unverifiedLaw(answer).join(' '),
    code,
    replay: id,
  };
}

function csvCell(value: CellValue | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  // A spreadsheet would take such a text for a formula.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
