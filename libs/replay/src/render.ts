import type { ReplayAnswer, Row, WorldAnswer } from './answer.js';

/** The answer as a table for people: what was asked, a table a world, and what it rests on. */
export function renderTable(answer: ReplayAnswer): string {
  const unverified = answer.law.filter(({ verified }) => !verified);
  return [
    `On ${answer.on}, observed until ${answer.observedUntil}, at position ${answer.position}.`,
    `History ${answer.historyHash}`,
    ...answer.worlds.flatMap(worldLines),
    '',
    'What it rests on',
    ...answer.assumptions.notes.map((note) => `  ${note}`),
    ...(unverified.length > 0
      ? [
          `  Not verified against a published source: ${unverified.map(({ ref }) => ref).join(', ')}.`,
        ]
      : []),
    `  Computed by ${answer.code}; replay ${answer.id}.`,
    '',
  ].join('\n');
}

function worldLines(world: WorldAnswer): readonly string[] {
  return [
    '',
    `${world.scenario} (presence ${world.presence}, policy ${world.policyHash.slice(0, 12)})`,
    ...world.warnings.map((warning) => `  Warning: ${warning}`),
    ...tableLines(world.rows).map((line) => `  ${line}`),
  ];
}

function tableLines(rows: readonly Row[]): readonly string[] {
  const [first] = rows;
  if (!first) return ['nothing'];
  const columns = Object.keys(first);
  const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, at) => {
        const isNumber = typeof first[columns[at] ?? ''] === 'number';
        return isNumber ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}

function shown(value: Row[string] | undefined): string {
  return value === null || value === undefined ? '-' : String(value);
}

/** The rows of all worlds as CSV (RFC 4180), with the world's columns in front. */
export function renderCsv({ worlds }: ReplayAnswer): string {
  const columns = [
    ...new Set(worlds.flatMap(({ rows }) => rows.flatMap((row) => Object.keys(row)))),
  ];
  const head = ['scenario', 'presence', 'policyHash', ...columns];
  const body = worlds.flatMap(({ scenario, presence, policyHash, rows }) =>
    rows.map((row) => [
      scenario,
      presence,
      policyHash,
      ...columns.map((column) => (row[column] === null ? '' : String(row[column] ?? ''))),
    ]),
  );
  return [head, ...body].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  // A spreadsheet would take such a cell for a formula.
  const text = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
