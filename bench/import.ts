import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import esdb from '@eventstore/db-client';
import { canonicalJson } from '#libs/kernel';
import { generateHistory } from '#libs/synthetic-history';
import { ensureIssuerKey, mintToken } from '#libs/web';
import { RunningSystem } from '../soak/system/running-system.js';
import { counted, cpuOf, median, peakMemory, printTable, resetPeakMemory } from './measure.js';
import { startNode } from './node-process.js';

const ROUNDS = 3;
const EVENTS = 100_000;
/** More people than so many events need, up to a day in the middle of the programme. */
const PEOPLE = 40_000;
const UNTIL = '2004-12-31';
const BATCH_EVENTS = 500;

/** What one process did while so many events came in. */
interface Share {
  /** Microseconds of CPU an event. */
  readonly cpu: number;
  /** Megabytes resident at most. */
  readonly peak: number;
}

interface Round {
  readonly rate: number;
  readonly shares: Readonly<Record<string, Share>>;
}

/**
 * The import of a history by the real processes, the projector following, beside its bare cost: the same
 * events appended by the client in batches of 500 to one stream, with nothing checked and nothing encrypted.
 */
export async function benchImport(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portbook-bench-import-'));
  const file = join(folder, 'history.ndjson');
  try {
    await writeHistory(file);
    const imports: Round[] = [];
    const bare: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      imports.push(await importedBySystem(file));
      bare.push(await appendedBare(file, join(folder, String(round))));
    }
    report(imports, bare);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeHistory(file: string): Promise<void> {
  const out = createWriteStream(file);
  let lines = 0;
  for (const line of generateHistory({ people: PEOPLE, seed: 1, until: UNTIL })) {
    if (lines === EVENTS) break;
    lines += 1;
    if (!out.write(`${canonicalJson(line)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  if (lines < EVENTS) throw new Error(`The history has ${String(lines)} events only.`);
}

async function importedBySystem(file: string): Promise<Round> {
  const system = new RunningSystem({ PORTBOOK_SEED: 'timeline' });
  try {
    await system.start();
    const { url, processes } = system.run();
    const key = await ensureIssuerKey(join(system.dataDir, 'keys'));
    const token = await mintToken({
      key,
      issuer: 'portbook',
      audience: 'portbook',
      role: 'operator',
    });
    return await measuredIn(processes, async () => {
      const response = await fetch(new URL('/api/import', url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: createReadStream(file),
        duplex: 'half',
      });
      const last = (await response.text()).trimEnd().split('\n').at(-1) ?? '';
      const { result } = JSON.parse(last) as { result?: { appended: number } };
      if (result?.appended !== EVENTS) throw new Error(`The import ended with ${last}`);
    });
  } finally {
    await system.remove();
  }
}

async function appendedBare(file: string, folder: string): Promise<Round> {
  const node = await startNode(folder);
  const client = node.connect();
  const batches: esdb.JSONEventData[][] = [];
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { id, type, data, metadata } = JSON.parse(line) as esdb.JSONEventData;
    if (lines % BATCH_EVENTS === 0) batches.push([]);
    lines += 1;
    batches
      .at(-1)
      ?.push(esdb.jsonEvent({ ...(id && { id }), type, data, ...(metadata && { metadata }) }));
  }
  try {
    return await measuredIn({ client: process.pid, 'event-node': node.pid }, async () => {
      for (const batch of batches) await client.appendToStream('measured', batch);
    });
  } finally {
    await client.dispose();
    await node.stop();
  }
}

async function measuredIn(
  pids: Readonly<Record<string, number>>,
  work: () => Promise<void>,
): Promise<Round> {
  for (const pid of Object.values(pids)) resetPeakMemory(pid);
  const before = new Map(Object.values(pids).map((pid) => [pid, cpuOf(pid)]));
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  const shares = Object.entries(pids).map(([name, pid]): [string, Share] => {
    const cpu = (cpuOf(pid) - (before.get(pid) ?? 0)) / EVENTS;
    return [name, { cpu, peak: peakMemory(pid) }];
  });
  return { rate: EVENTS / seconds, shares: Object.fromEntries(shares) };
}

function report(imports: readonly Round[], bare: readonly Round[]): void {
  const busy = counted(loadavg()[0] ?? NaN, 1);
  const title = `Import of ${counted(EVENTS)} events (medians of ${String(ROUNDS)} rounds)`;
  console.log(`\n${title}; load of the machine over the last minute, this included: ${busy}`);
  const rateOf = (rounds: readonly Round[]): number => median(rounds.map(({ rate }) => rate));
  const rowsOf = (name: string, rounds: readonly Round[]) => [
    { name, cells: [counted(rateOf(rounds)), counted(rateOf(rounds) / rateOf(bare), 2), '', ''] },
    ...Object.keys(rounds[0]?.shares ?? {}).map((process) => {
      const shares = rounds.flatMap(({ shares: each }) => each[process] ?? []);
      const cpu = median(shares.map((share) => share.cpu));
      const peak = Math.max(...shares.map((share) => share.peak));
      return { name: `  ${process}`, cells: ['', '', counted(cpu, 1), counted(peak)] };
    }),
  ];
  printTable({ name: '', cells: ['events/s', 'of bare', 'µs CPU/event', 'MB at most'] }, [
    ...rowsOf('import, the projector following', imports),
    ...rowsOf('bare: 500 at once, one stream', bare),
  ]);
}
