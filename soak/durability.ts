import { dirname } from 'node:path';
import { type TracedCall, tracedCalls } from './traced-calls.js';

const LOG = /\/log-[0-9a-f]{12}\.pbl$/;
const CLIENT = 'TCP';
/** The parent process, which is told that the node is ready. */
const PARENT = 'UNIX';

/**
 * Goes through the trace of a node from its start on. Throws where something that rests on bytes of the
 * log went out before a sync that covers them had returned: an answer that an event was appended at one
 * of the positions; or, while the log is opened, an entry of its index or the word that the node is ready.
 * Throws too where a position is not seen both written and answered, so that an empty trace proves nothing.
 */
export function requireDurable(trace: string, positions: readonly number[]): void {
  const log = new TracedLog(positions);
  for (const call of tracedCalls(trace)) log.take(call);
  log.requireAllSeen();
}

interface FollowedEvent {
  readonly position: number;
  readonly record: Buffer;
  readonly answer: Buffer;
  /** After which change of the log it was all written. */
  writtenBy?: number;
  isAnswered?: boolean;
}

class TracedLog {
  readonly #events: readonly FollowedEvent[];
  /** What an earlier process left counts as the first. */
  #changes = 1;
  #syncedChanges = 0;
  /** By the thread of a sync, the changes that it covers: those before it began. */
  readonly #covered = new Map<string, number>();
  /** The folder of a log file that was made, until it is on disk that there is one. */
  #unsyncedFolder: string | undefined;
  #isReady = false;

  constructor(positions: readonly number[]) {
    this.#events = positions.map((position) => {
      const number = varint(position);
      const numbers = (first: number, second: number): Buffer =>
        Buffer.from([first, ...number, second, ...number]);
      const inAnswer = numbers(0x08, 0x10);
      const answer = Buffer.concat([Buffer.from([0x1a, inAnswer.length]), inAnswer]);
      return { position, record: numbers(0x20, 0x28), answer };
    });
  }

  take(call: TracedCall): void {
    const { name, target } = call;
    if (name === 'openat') this.#opened(call);
    else if (name === 'fsync' || name === 'fdatasync') this.#synced(call);
    else if (LOG.test(target)) this.#changed(call);
    else if (!call.begins) return;
    else if (target.endsWith('/index.mdb')) this.#restsOnAll('an entry of the index');
    else if (target.startsWith(PARENT)) this.#toldReady(call);
    else if (target.startsWith(CLIENT)) this.#answered(call);
  }

  requireAllSeen(): void {
    if (!this.#isReady) throw new Error('The trace does not show that the node was ready.');
    for (const { position, writtenBy, isAnswered } of this.#events) {
      if (writtenBy !== undefined && isAnswered) continue;
      const lacking = writtenBy === undefined ? 'written' : 'answered';
      throw new Error(`The trace does not show that position ${position} was ${lacking}.`);
    }
  }

  #opened({ target, args, result = NaN }: TracedCall): void {
    const isMade = LOG.test(target) && args.includes('O_CREAT') && result >= 0;
    if (isMade) this.#unsyncedFolder = dirname(target);
  }

  #synced({ thread, target, begins, result }: TracedCall): void {
    const isOfLog = LOG.test(target);
    if (begins && isOfLog) this.#covered.set(thread, this.#changes);
    if (result !== 0) return;
    if (target === this.#unsyncedFolder) this.#unsyncedFolder = undefined;
    if (!isOfLog) return;
    this.#syncedChanges = Math.max(this.#syncedChanges, this.#covered.get(thread) ?? 0);
  }

  #changed({ begins, bytes, result }: TracedCall): void {
    if (begins && this.#unsyncedFolder !== undefined) {
      throw new Error('A file of the log was written to before its name was on disk.');
    }
    if (result === undefined) return;
    this.#changes += 1;
    for (const event of this.#events) {
      if (bytes.includes(event.record)) event.writtenBy = this.#changes;
    }
  }

  #toldReady({ bytes }: TracedCall): void {
    this.#restsOnAll('the word that it is ready');
    this.#isReady ||= bytes.includes('"ready"');
  }

  /** Later the index follows what is on disk, while more is being written. */
  #restsOnAll(what: string): void {
    if (!this.#isReady && this.#syncedChanges < this.#changes) {
      throw new Error(`While the log was opened, ${what} went out before the log was on disk.`);
    }
  }

  #answered({ bytes }: TracedCall): void {
    for (const event of this.#events) {
      if (event.isAnswered || !bytes.includes(event.answer)) continue;
      event.isAnswered = true;
      if ((event.writtenBy ?? Infinity) <= this.#syncedChanges) continue;
      throw new Error(`Position ${event.position} was acknowledged before it was on disk.`);
    }
  }
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}
