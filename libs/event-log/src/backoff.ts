import { setTimeout as sleep } from 'node:timers/promises';

const DELAY_MIN_MS = 100;
const DELAY_MAX_MS = 5_000;

/**
 * How long to wait before the attempt after `failures` failed ones: doubled each time up to five
 * seconds, and from half of that to all of it by `random` (0 to 1), so that many clients of one
 * server do not come back at once.
 */
export function backoffMs(failures: number, random: number): number {
  const longest = Math.min(DELAY_MAX_MS, DELAY_MIN_MS * 2 ** Math.min(failures - 1, 10));
  return longest / 2 + (longest / 2) * random;
}

/** Waits before the next attempt; returns at once when the signal aborts. */
export async function backOff(failures: number, signal: AbortSignal): Promise<void> {
  await sleep(backoffMs(failures, Math.random()), undefined, { signal }).catch(() => undefined);
}
