import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Collection, type ViewStore, ViewStoreUnavailable } from '#libs/view-store';

const POLL_MS = 20;
const TIMEOUT_MS = 5_000;

export interface WaitOptions {
  /** 5,000 unless said. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Waits, in any process, until a collection holds what stands in the log up to the position. False
 * where it does not in time, where it is parked before it, or when the signal aborts.
 */
export async function waitForCheckpoint(
  store: ViewStore,
  { collection, position }: { readonly collection: Collection; readonly position: number },
  { timeoutMs = TIMEOUT_MS, signal }: WaitOptions = {},
): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const state = await stateAt(store, collection, position);
    if (state !== 'behind') return state === 'reached';
    const leftMs = until - performance.now();
    if (leftMs <= 0 || signal?.aborted === true) return false;
    const wait = sleep(Math.min(POLL_MS, leftMs), undefined, signal ? { signal } : {});
    await wait.catch(() => undefined);
  }
}

async function stateAt(
  store: ViewStore,
  collection: Collection,
  position: number,
): Promise<'reached' | 'behind' | 'parked'> {
  try {
    const checkpoint = (await store.readCheckpoint(collection)) ?? {};
    if ((checkpoint.position ?? -1) >= position) return 'reached';
    return checkpoint.parked ? 'parked' : 'behind';
  } catch (error) {
    if (error instanceof ViewStoreUnavailable) return 'behind';
    throw error;
  }
}
