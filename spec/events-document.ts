import type { EventTable, EventTypeRow } from '#libs/kernel';
import { type FieldRow, fieldRows } from './field-table.js';
import { type GoldenFile, goldenFileName } from './golden-files.js';

/** The streams, and the order of the sections; `of` tells which stream an event lies in. */
const streams = [
  {
    title: 'Stream `registrant-<registrantId>`: a person',
    of: (stream: string) => stream.startsWith('registrant-'),
  },
  { title: 'Stream `policy-nseers`: the law', of: (stream: string) => stream === 'policy-nseers' },
  {
    title: "Stream `registry-days`: the registry's days",
    of: (stream: string) => stream === 'registry-days',
  },
  {
    title: 'Stream `imports`: files that came in',
    of: (stream: string) => stream === 'imports',
  },
] as const;

const INTRODUCTION = `# Events

Every event that may lie in the registry log: what is written once and kept for ever. This file is written
from the event tables of the rooms and from the golden files in [spec/golden](../spec/golden), which hold the
stored bytes of each type and version; \`UPDATE_DOCS=1 npm test -- spec/events-document\` writes it, and a spec
compares it. A later shape is a new version with an upcaster, a golden file of its own, and never an edit.

An event of a type or version that no table names ends every reading of the log, and stops every projection,
with a line that names it: nothing is passed over. Start the version of Portbook that wrote it, or a later one.

* **presence**: \`required\`; \`optional\`; or \`depends\`: required or refused by what another field says, as the
  examples in the golden file show. Of personal fields it says what has to be given when the event is
  recorded: once the key of a person is destroyed, they are all absent.
* **personal**: stored encrypted, in the one field \`encrypted\` at the top of the data
  ([ADR 8](adr/0008-personal-content-encrypted-from-the-first-event.md)). All else is stored in clear.
* Days are \`YYYY-MM-DD\`; text is trimmed and in NFC. All examples are invented.
`;

const metadataFields: readonly (readonly [string, string])[] = [
  ['recordedAt', 'required; the instant of recording, UTC to the millisecond'],
  ['actor', 'required; who recorded it: `{id, role}`'],
  ['schemaVersion', 'required; the version of `data`'],
  ['commandId', 'the command that made it, by its idempotency key'],
  [
    'requestHash',
    'hash of the canonical command; of a registrant an HMAC under the key of the registrant',
  ],
  ['$correlationId', 'the request that it goes back to'],
  ['$causationId', 'what it followed from directly'],
  ['policyRevision', 'of a registrant: the revision of the policy stream by which it was decided'],
  ['policyHash', 'of a registrant: the content hash of that policy'],
  ['rulesVersion', 'of a registrant: the version of the rules of assessment'],
  [
    'imported',
    'of what came in by a file: `{at, by, file, adopted}`; it counts as known from `at`, unless adopted',
  ],
];

/** The names of the fields that the section on metadata tells of. */
export const describedMetadata: readonly string[] = metadataFields.map(([name]) => name);

/** docs/EVENTS.md: each type with its fields, as tables and golden files have them. */
export function eventsMarkdown(
  files: readonly GoldenFile[],
  tables: readonly EventTable[],
): string {
  const rows = new Map(tables.flatMap((table) => Object.entries(table)));
  const sections = streams.map(({ title, of }) => {
    const types = [...rows].filter(([type]) =>
      files.some((file) => file.type === type && of(file.stream)),
    );
    return [`## ${title}\n`, ...types.map(([type, row]) => typeSection(type, row, files))].join(
      '\n',
    );
  });
  return [INTRODUCTION, metadataSection(), ...sections].join('\n');
}

function metadataSection(): string {
  const cells = metadataFields.map(([name, about]) => [`\`${name}\``, about]);
  const lines = table(['field', 'what it says'], cells);
  return ['## Metadata of every event', '', ...lines, ''].join('\n');
}

function typeSection(type: string, row: EventTypeRow, files: readonly GoldenFile[]): string {
  const versions = files
    .filter((file) => file.type === type)
    .toSorted((a, b) => b.version - a.version);
  const [today] = versions;
  if (today === undefined) return '';
  const command = today.command === undefined ? '' : ` By the command \`${today.command}\`.`;
  return [
    `### ${type}`,
    '',
    `${today.about}${command}`,
    '',
    ...versions.flatMap((file) => versionLines(file, row)),
  ].join('\n');
}

function versionLines(file: GoldenFile, row: EventTypeRow): readonly string[] {
  const { version } = file;
  const name = goldenFileName(file);
  const age = version === row.version ? '' : `, read as version ${String(row.version)}`;
  const nested =
    row.nested === undefined
      ? []
      : [
          `\`${row.nested}.data\` is the whole data of that type and version, encrypted as that is.`,
          '',
        ];
  const cells = fieldRows(file, row).map(cellsOf);
  const head = ['field', 'what may stand there', 'presence', 'personal', 'example'];
  return [
    `Version ${String(version)}${age}: [${name}](../spec/golden/${name}).`,
    '',
    ...nested,
    ...table(head, cells),
    '',
  ];
}

function cellsOf({ path, what, presence, isPersonal, example }: FieldRow): readonly string[] {
  const shown = example === undefined ? '' : `\`${example}\``;
  return [`\`${path}\``, what, presence, isPersonal ? 'yes' : '', shown];
}

/** A Markdown table, padded as prettier would. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
