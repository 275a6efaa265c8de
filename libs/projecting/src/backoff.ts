import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;
const MAX_MS = 5_000;

/**
 * How long to wait after so many failures in a row: up to twice as long each time, 5 s at most, and by
 * chance between half of that and the whole, so that not everybody comes back at once.
 */
export function backoffMs(failures: number, chance: () => number = Math.random): number {
  const longest = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_MS);
  return longest * (0.5 + chance() / 2);
}

/** Waits so long, or until the signal aborts. */
export async function pauseFor(pauseMs: number, signal: AbortSignal): Promise<void> {
  await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
}
