import type { RecordedEvent } from '#libs/kernel';
import { asLogError } from './client-errors.js';
import type { StoredEvent } from './codec.js';
import { logOf } from './logs.js';
import type { FollowOptions } from './port.js';

/** Stands among the events of a subscription where the end of the log was reached. */
export const CAUGHT_UP = Symbol('caught up');

/** Every event of the store after a position, system events too, until the connection breaks. */
export type Subscription = AsyncIterable<StoredEvent | typeof CAUGHT_UP>;

export interface FollowSource {
  readonly subscribe: (after: number | undefined, signal: AbortSignal) => Subscription;
  readonly decode: (stored: StoredEvent) => RecordedEvent;
  /** Waits before the next attempt after so many failed ones. */
  readonly backOff: (failures: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Hands over the events of one log in order, each once, and takes a broken subscription up again
 * after the last one handled. What a handler or the codec throws ends it; a break never does.
 */
export async function follow(source: FollowSource, options: FollowOptions): Promise<void> {
  const isOver = (): boolean => options.signal.aborted;
  const cursor = { after: options.after, failures: 0 };
  while (!isOver()) {
    const broken = await followOnce(source, options, cursor);
    if (isOver()) return;
    cursor.failures += 1;
    options.onBreak?.(broken);
    await source.backOff(cursor.failures, options.signal);
  }
}

interface Cursor {
  /** The last position seen; those of other logs and of the system count too. */
  after: number | undefined;
  failures: number;
}

/** One subscription to its end; gives why it ended. */
async function followOnce(
  source: FollowSource,
  options: FollowOptions,
  cursor: Cursor,
): Promise<Error> {
  const items = source.subscribe(cursor.after, options.signal)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await items.next().catch((error: unknown) => asLogError(error));
      if (next instanceof Error) return next;
      if (next.done === true) return new Error('The event log ended the subscription.');
      if (options.signal.aborted) return new Error('The following was called off.');
      cursor.failures = 0;
      await handle(source, options, { cursor, item: next.value });
    }
  } finally {
    await items.return?.();
  }
}

async function handle(
  source: FollowSource,
  options: FollowOptions,
  at: { cursor: Cursor; item: StoredEvent | typeof CAUGHT_UP },
): Promise<void> {
  const { cursor, item } = at;
  if (item === CAUGHT_UP) {
    await options.onCaughtUp?.();
    return;
  }
  if (cursor.after !== undefined && item.position <= cursor.after) return;
  if (isOfLog(item, options.log)) await options.onEvent(source.decode(item));
  cursor.after = item.position;
}

/** System events are told by their first character; they may lie in any stream. */
export function isOfLog(event: StoredEvent, log: FollowOptions['log'] = 'registry'): boolean {
  return !event.type.startsWith('$') && logOf(event.stream) === log;
}
