import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Journal, type AppendOutcome } from './journal.js';
import type { ExpectedRevision } from './commit-check.js';
import {
  type AppendToStore,
  type Entry,
  type EventStorage,
  NotLaidDown,
  type Place,
  type StoredEvent,
} from './storage.js';

/** Storage in memory whose commits end when the spec says so. */
class HeldStorage implements EventStorage {
  readonly batches: (readonly AppendToStore[])[] = [];
  readonly #durable: (Entry & { readonly stream: string })[] = [];
  #end: ((fault?: Error) => void) | undefined;

  append(batch: readonly AppendToStore[]): Promise<void> {
    this.batches.push(batch);
    return new Promise((resolve, reject) => {
      this.#end = (fault) => {
        if (fault !== undefined) {
          reject(fault);
          return;
        }
        for (const { stream, revision, position, events } of batch) {
          for (const [at, { id }] of events.entries()) {
            this.#durable.push({ stream, id, revision: revision + at, position: position + at });
          }
        }
        resolve();
      };
    });
  }

  async endCommit(fault?: Error): Promise<void> {
    await nextTurn();
    this.#end?.(fault);
    await nextTurn();
  }

  readAll(): StoredEvent[] {
    return [];
  }

  readMessages() {
    return { bytes: Buffer.alloc(0), count: 0 };
  }

  readStream(stream: string, { from }: Parameters<EventStorage['readStream']>[1]): StoredEvent[] {
    return this.#of(stream).filter(({ revision }) => revision === from) as unknown as StoredEvent[];
  }

  last(stream: string): Place | undefined {
    return this.#of(stream).at(-1);
  }

  findId(stream: string, id: Buffer): Place | undefined {
    return this.#of(stream).find((event) => event.id.equals(id));
  }

  lastPosition(): number {
    return this.#durable.length;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #of(stream: string) {
    return this.#durable.filter((event) => event.stream === stream);
  }
}

interface Setting {
  storage: HeldStorage;
  journal: Journal;
  faults: Error[];
  /** Appends one event; the answer shows whether and how the append was answered. */
  append: (stream: string, expected?: ExpectedRevision, id?: Buffer) => Answer;
}

interface Answer {
  outcome?: AppendOutcome;
  error?: Error;
}

function aJournal(): Setting {
  const storage = new HeldStorage();
  const faults: Error[] = [];
  const journal = new Journal({ storage, now: () => 0, onFault: (fault) => faults.push(fault) });
  const append = (
    stream: string,
    expected: ExpectedRevision = 'any',
    id: Buffer = randomBytes(16),
  ): Answer => {
    const answer: Answer = {};
    const none = new Uint8Array();
    const event = { id, type: 'T', contentType: 'x', metadata: none, data: none };
    journal.append({ stream, expected, events: [event] }).then(
      (outcome) => (answer.outcome = outcome),
      (error: unknown) => (answer.error = error as Error),
    );
    return answer;
  };
  return { storage, journal, faults, append };
}

describe('the journal', () => {
  it('answers nothing before it is durable, and makes one commit of what came meanwhile', async () => {
    const { storage, append, journal } = aJournal();
    const first = append('a');
    await nextTurn();
    const meanwhile = [append('a', 0), append('b', 'no-stream'), append('a', 1)];
    await nextTurn();

    expect(storage.batches.map((batch) => batch.length)).toEqual([1]);
    expect(first).toEqual({});
    await storage.endCommit();
    expect(first.outcome).toEqual({ kind: 'appended', last: { revision: 0, position: 1 } });
    expect(meanwhile).toEqual([{}, {}, {}]);
    expect(journal.lastPosition).toBe(1);
    await storage.endCommit();
    expect(storage.batches.map((batch) => batch.length)).toEqual([1, 3]);
    expect(meanwhile.map(({ outcome }) => outcome)).toEqual([
      { kind: 'appended', last: { revision: 1, position: 2 } },
      { kind: 'appended', last: { revision: 0, position: 3 } },
      { kind: 'appended', last: { revision: 2, position: 4 } },
    ]);
  });

  it('answers a conflict with events on their way only when those are durable', async () => {
    const { storage, append } = aJournal();
    append('a', 'no-stream');
    const late = append('a', 'no-stream');
    await nextTurn();

    expect(late).toEqual({});
    await storage.endCommit();
    expect(late.outcome).toEqual({ kind: 'conflict', current: 0 });
  });

  it.each([
    ['a stream', 'a', false],
    ['the stream of some metadata', '$$a', true],
  ])('answers that %s is deleted only when the deletion is durable', async (_, into, isForEver) => {
    const { storage, append, journal } = aJournal();
    append('a');
    await storage.endCommit();
    void journal.delete({ stream: 'a', expected: 'any', isForEver });
    const late = append(into, 'stream-exists');
    await nextTurn();

    expect(late).toEqual({});
    await storage.endCommit();
    expect(late).toEqual({ outcome: { kind: 'deleted' } });
  });

  it('answers the repeat of an event on its way when that is durable', async () => {
    const { storage, append } = aJournal();
    const id = randomBytes(16);
    append('a', 'any', id);
    await nextTurn();
    append('a');
    const repeats = [append('a', 'any', id), append('a', 'no-stream', id)];
    await nextTurn();
    expect(repeats).toEqual([{}, {}]);
    await storage.endCommit();
    await storage.endCommit();

    const outcome = { kind: 'appended', last: { revision: 0 } };
    expect(repeats).toMatchObject([{ outcome }, { outcome }]);
    expect(storage.batches.flat()).toHaveLength(2);
  });

  it('accepts nothing more once a commit has failed, and says why', async () => {
    const { storage, append, faults, journal } = aJournal();
    append('a');
    await storage.endCommit();
    const failing = append('a');
    await nextTurn();
    const waiting = append('b');
    const heard: string[] = [];
    journal.onCommit(() => heard.push('commit'));
    await storage.endCommit(new Error('No space left on device'));
    const later = append('c');
    await nextTurn();

    for (const { error } of [failing, waiting, later]) {
      expect(error).toMatchObject({
        code: 14,
        message: expect.stringContaining('No space left on device'),
      });
    }
    expect(faults).toHaveLength(1);
    expect(heard).toEqual([]);
    expect(journal.lastPosition).toBe(1);
    expect(storage.batches).toHaveLength(2);
  });

  it('does not send anybody to the disk for a fault of its own', async () => {
    const { storage, append } = aJournal();
    const failing = append('a');
    await storage.endCommit(new NotLaidDown('no such revision'));

    expect(failing.error?.message).toMatch(/because of a fault of its own \(no such revision\)/);
    expect(failing.error?.message).not.toMatch(/disk/);
  });

  it('stops when the appends on their way are settled', async () => {
    const { storage, append, journal } = aJournal();
    const onItsWay = append('a');
    let isStopped = false;
    const stopped = journal.stop('The event node is stopping.').then(() => (isStopped = true));
    const late = append('a');
    await nextTurn();
    expect(isStopped).toBe(false);
    await storage.endCommit();
    await stopped;

    expect(onItsWay.outcome?.kind).toBe('appended');
    expect(late.error?.message).toBe('The event node is stopping.');
  });
});
