import { Command, Option } from 'commander';
import { settingsHere } from '../api-client.js';
import { type LastBackup, readLastBackup } from '../backup/last-backup.js';
import { wrongUse } from '../exit.js';
import { print, printJson, table } from '../output.js';
import { isAlive, readRunFile } from '../run-file.js';

interface StatusOptions {
  readonly url?: string;
  readonly format: 'table' | 'json';
}

/** `portbook status`: processes, views, the registry's day, the last backup, on one screen. */
export function statusCommand(): Command {
  return new Command('status')
    .description(
      'processes, lag of views, registry’s day and last backup; exit code 1 unless all is ready',
    )
    .option('--url <address>', "the API's address (else PORTBOOK_URL, else <data>/run.json)")
    .addOption(new Option('--format <format>').choices(['table', 'json']).default('table'))
    .action(async (options: StatusOptions) => {
      const status = await statusNow(options);
      if (options.format === 'json') await printJson(status);
      else await print(screen(status));
      if (status.state !== 'ready') process.exitCode = 1;
    });
}

interface ProcessStatus {
  readonly name: string;
  readonly pid: number;
  readonly isAlive: boolean;
}

interface PartStatus {
  readonly state: 'ready' | 'not-ready';
  readonly why?: string;
}

interface ViewStatus extends PartStatus {
  readonly name: string;
  readonly position: string | null;
  readonly lag: number | null;
}

/** What the API says of itself. */
interface Health {
  readonly registryDay?: string;
  readonly parts: Readonly<Record<string, PartStatus>> & { readonly views: readonly ViewStatus[] };
}

interface Status {
  readonly state: 'ready' | 'not-ready' | 'not-running';
  readonly data: string;
  readonly url?: string;
  readonly startedAt?: string;
  readonly processes: readonly ProcessStatus[];
  readonly registryDay?: string;
  readonly parts?: Health['parts'];
  readonly lastBackup: LastBackup | null;
}

async function statusNow(options: StatusOptions): Promise<Status> {
  const { dataDir } = settingsHere();
  const given = options.url ?? process.env['PORTBOOK_URL'];
  if (given !== undefined && !URL.canParse(given)) {
    throw wrongUse('--url (PORTBOOK_URL) must be an address, such as http://127.0.0.1:3000.');
  }
  const run = given === undefined ? readRunFile(dataDir) : undefined;
  const url = given ?? run?.url;
  const health = url === undefined ? undefined : await healthAt(url);
  const { registryDay, parts } = health ?? {};
  const processes = Object.entries({ supervisor: run?.pid, ...run?.processes }).flatMap(
    ([name, pid]) => (pid === undefined ? [] : [{ name, pid, isAlive: isAlive(pid) }]),
  );
  return {
    state: stateOf(health),
    data: dataDir,
    ...(url !== undefined && { url }),
    ...(run && { startedAt: run.startedAt }),
    processes,
    ...(registryDay !== undefined && { registryDay }),
    ...(parts && { parts }),
    lastBackup: readLastBackup(dataDir) ?? null,
  };
}

function stateOf(health: Health | undefined): Status['state'] {
  if (!health) return 'not-running';
  return health.registryDay === undefined ? 'not-ready' : 'ready';
}

const ANSWER_WITHIN_MS = 10_000;

/** What is ready and what is not; undefined where nothing of ours answers. */
async function healthAt(url: string): Promise<Health | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const response = await fetch(new URL('/health/ready', url), { signal });
    const body = (await response.json()) as Partial<Health>;
    return body.parts ? (body as Health) : undefined;
  } catch {
    return undefined;
  }
}

function screen(status: Status): string {
  const { state, url, data, startedAt, registryDay, processes, parts } = status;
  const said = { ready: 'ready', 'not-ready': 'not ready', 'not-running': 'not running' }[state];
  const facts = [
    ['Portbook', said],
    ...(url === undefined
      ? []
      : [['address', state === 'not-running' ? `${url} (no answer)` : url]]),
    ['data', data],
    ...(startedAt === undefined ? [] : [['started', startedAt]]),
    ...(registryDay === undefined ? [] : [["registry's day", registryDay]]),
    ['last backup', backupText(status.lastBackup)],
  ];
  const sections = [
    table(facts),
    table(
      processes.map(({ name, pid, isAlive: lives }) => [
        name,
        `process ${pid}`,
        lives ? 'runs' : 'is gone',
      ]),
    ),
    parts ? partsText(parts) : '',
    state === 'not-running' ? 'Start it with "npm start".' : '',
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function partsText({ views, ...parts }: Health['parts']): string {
  // Views are a list, the other parts are one each.
  const single = Object.entries(parts as Readonly<Record<string, PartStatus>>);
  return table([
    ...single.map(([name, { state, why = '' }]) => [name, state, '', why]),
    ...views.map(({ name, state, position, lag, why = '' }) => [
      name,
      state,
      `at ${position ?? '?'}, ${lag ?? '?'} behind`,
      why,
    ]),
  ]);
}

function backupText(backup: LastBackup | null): string {
  if (!backup) return 'none known';
  const { madeAt, folder, lastPosition, withKeys } = backup;
  return `${madeAt}, up to position ${lastPosition}, ${withKeys ? 'with' : 'without'} the keys, in ${folder}`;
}
