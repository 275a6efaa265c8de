import { setTimeout as after } from 'node:timers/promises';
import type { Campaign } from './campaign.js';
import { seeded } from './random.js';
import { Clerk } from './system/clerk.js';
import { compare } from './system/comparison.js';
import { makeDisk } from './system/disk.js';
import { Officers } from './system/officers.js';
import { RunningSystem } from './system/running-system.js';

const CONNECTIONS = 16;
const COMPARED_EVERY = 10;
const KILLS_MAX = 3;
const PAUSE_MAX_MS = 700;
const FULL_MS = 400;
const IMPORT_EVERY = 5;

type Mishap = 'event-node' | 'projector' | 'api' | 'supervisor' | 'disk';

/** As often as each stands here. */
const MISHAPS: readonly Mishap[] = [
  ...(['event-node', 'event-node', 'projector', 'projector', 'api', 'api'] as const),
  ...(['supervisor', 'disk'] as const),
];

/**
 * The whole system under commands and imports, while its processes are killed at random moments and its disk fills.
 * Whoever had no answer asks again with the same key; afterwards the log must hold each command's events
 * once and each line of a file, and the views must be as a replay from zero makes them. These lie in the
 * MongoDB that MONGODB_URI names, else in LMDB.
 */
export const kills: Campaign = {
  about: 'kill -9 of each process, and full disks, under load; log and views compared',
  rounds: 100,
  run: async ({ rounds, seed, report }) => {
    const random = seeded(seed);
    const disk = makeDisk();
    const system = new RunningSystem(
      { PORTBOOK_SEED: 'timeline', PORTBOOK_TODAY: '2003-11-20' },
      disk.folder,
    );
    const officers = new Officers(system);
    const clerk = new Clerk(system.dataDir);
    let next = 0;
    let events = 0;
    try {
      await system.start();
      for (let round = 1; round <= rounds; round += 1) {
        const mishaps = Array.from(
          { length: 1 + Math.floor(random() * KILLS_MAX) },
          () => MISHAPS[Math.floor(random() * MISHAPS.length)] ?? 'api',
        );
        report(round, mishaps.join(', '));
        const shiftOver = new AbortController();
        const shift = { from: next, connections: CONNECTIONS };
        const serving = officers.serveUntil(shiftOver.signal, shift);
        const importing = round % IMPORT_EVERY === 1 ? clerk.import(round) : Promise.resolve();
        // A fault of theirs is thrown where they are waited for.
        for (const work of [serving, importing]) work.catch(() => undefined);
        for (const mishap of mishaps) {
          await after(Math.floor(random() * PAUSE_MAX_MS));
          await befall(mishap, system, disk.fill);
        }
        shiftOver.abort();
        next = await serving;
        await importing;
        if (round % COMPARED_EVERY !== 0 && round !== rounds) continue;
        await system.untilCaughtUp();
        await system.stop();
        events = await compare(system.dataDir, {
          acknowledged: officers.acknowledged,
          imported: clerk.imported,
          views: system.openViews(),
        });
        report(
          round,
          `${officers.acknowledged.size} commands and ${clerk.imported.length} lines, all there once`,
        );
        if (round !== rounds) await system.start();
      }
    } finally {
      await system.remove();
      disk.remove();
      clerk.remove();
    }
    return (
      `${officers.acknowledged.size} acknowledged commands and ${clerk.imported.length} imported lines ` +
      `in a log of ${events} events, each once; ${officers.repeated} requests were sent again, ` +
      `${clerk.repeated} imports started again. The views are as replayed.`
    );
  },
};

/** Resolves when the system is on its feet again. */
async function befall(
  mishap: Mishap,
  system: RunningSystem,
  fill: () => () => void,
): Promise<void> {
  if (mishap === 'supervisor') {
    await system.crash();
    await system.start();
    return;
  }
  if (mishap === 'disk') {
    const makeRoom = fill();
    await after(FULL_MS);
    makeRoom();
    return;
  }
  await system.kill(mishap);
}
