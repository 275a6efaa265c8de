import { describe, expect, it } from '@jest/globals';
import { requireDurable } from './durability.js';

const LOG = '22</data/log-000000000000.pbl>';
const INDEX = '24</data/index.mdb>';
const CLIENT = '27<TCP:[127.0.0.1:2113->127.0.0.1:5000]>';

const ready = '1 write(3<UNIX-STREAM:[1->2]>, "{\\"kind\\":\\"ready\\"}\\n", 17) = 17';
const opening = [`1 fdatasync(${LOG}) = 0`, `1 pwrite64(${INDEX}, "x", 1, 0) = 1`, ready];
const record = (position: string): string => `"PBL1 \\40${position}(${position}", 20, 0`;
const answer = `1 writev(${CLIENT}, [{iov_base="\\0\\32\\4\\10\\7\\20\\7", iov_len=7}], 1) = 7`;
const write = `2 pwrite64(${LOG}, ${record('\\7')}) = 20`;
const sync = `3 fdatasync(${LOG}) = 0`;

const judged =
  (...lines: string[]) =>
  (): void => {
    requireDurable(lines.join('\n'), [7]);
  };
const early = 'Position 7 was acknowledged before it was on disk.';

describe('the order of the system calls of a node', () => {
  it('is right where the sync lies between the write and the answer', () => {
    expect(judged(...opening, write, sync, answer)).not.toThrow();
  });

  it('is not where there was no sync', () => {
    expect(judged(...opening, write, answer, sync)).toThrow(early);
  });

  it('is not where the sync failed', () => {
    const failed = `3 fdatasync(${LOG}) = -1 EIO (Input/output error)`;
    expect(judged(...opening, write, failed, answer)).toThrow(early);
  });

  it('is not where another file was synced', () => {
    expect(judged(...opening, write, `3 fdatasync(${INDEX}) = 0`, answer)).toThrow(early);
  });

  it('is not where the answer leaves while the sync is under way', () => {
    const begun = `3 fdatasync(${LOG} <unfinished ...>`;
    const returned = '3 <... fdatasync resumed>) = 0';

    expect(judged(...opening, write, begun, answer, returned)).toThrow(early);
    expect(judged(...opening, write, begun, returned, answer)).not.toThrow();
  });

  it('is not where the sync began before the write had returned', () => {
    const writeBegun = `2 pwrite64(${LOG}, ${record('\\7')} <unfinished ...>`;
    const writeReturned = '2 <... pwrite64 resumed>) = 20';
    const begun = `3 fdatasync(${LOG} <unfinished ...>`;
    const returned = '3 <... fdatasync resumed>) = 0';

    expect(judged(...opening, writeBegun, begun, writeReturned, returned, answer)).toThrow(early);
  });

  it('is not where something rests on a log that was opened and not synced', () => {
    const [, indexed = ''] = opening;
    const what = (found: string): string =>
      `While the log was opened, ${found} went out before the log was on disk.`;

    expect(judged(indexed, ...opening)).toThrow(what('an entry of the index'));
    expect(judged(ready, ...opening)).toThrow(what('the word that it is ready'));
    expect(judged(sync, `1 ftruncate(${LOG}, 5) = 0`, indexed)).toThrow(
      what('an entry of the index'),
    );
  });

  it('is not where a new file is written to before its name is on disk', () => {
    const made = '1 openat(AT_FDCWD</>, "/data/log-000000000000.pbl", O_RDWR|O_CREAT, 0600) = 22';
    const named = '1 fsync(23</data>) = 0';

    expect(judged(made, ...opening, write)).toThrow('before its name was on disk');
    expect(judged(made, named, ...opening, write, sync, answer)).not.toThrow();
  });

  it('is not proved where a position, or the start, is not to be seen in the trace', () => {
    expect(judged(...opening, sync, answer)).toThrow(early);
    expect(judged(...opening, write, sync)).toThrow('position 7 was answered');
    expect(judged(...opening)).toThrow('position 7 was written');
    expect(judged('')).toThrow('that the node was ready');
  });

  it('is not proved by a trace that does not hold all that was written', () => {
    expect(judged(`2 pwrite64(${LOG}, "PBL1"..., 20, 0) = 20`)).toThrow('does not hold all');
  });
});
