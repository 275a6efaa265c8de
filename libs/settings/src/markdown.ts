import { type SettingRow, settingsTable } from './table.js';

const HEAD = ['variable', 'what it does', 'allowed', 'where it is not set'];

/** The table of variables as `docs/SETTINGS.md` holds it. */
export function settingsMarkdown(): string {
  const rows = Object.entries<SettingRow>(settingsTable).map(
    ([name, { about, allowed, fallback }]) => [
      `\`${name}\``,
      about,
      allowed,
      'text' in fallback ? `\`${fallback.text}\`` : fallback.words,
    ],
  );
  return [
    '# Settings',
    '',
    'Environment variables, checked at start: a value that is not allowed stops the program with a line',
    'that names it. An empty variable counts as not set.',
    '',
    ...aligned([HEAD, ...rows]),
    '',
  ].join('\n');
}

/** Rows of a Markdown table, the first one its head, padded as prettier would. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const [head, ...body] = rows.map((row) =>
    line(row.map((cell, at) => cell.padEnd(widths[at] ?? 0))),
  );
  return [head ?? '', line(widths.map((width) => '-'.repeat(width))), ...body];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
