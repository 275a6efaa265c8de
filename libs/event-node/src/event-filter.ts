import { RE2JS } from 're2js';
import { BoundedMap } from './bounded-map.js';
import { invalidArgument } from './status.js';
import type { StoredEvent } from './storage.js';

/** Which events a reader of all streams wants, as the request says it. */
export interface FilterRequest {
  readonly by: 'stream' | 'type';
  /** A name passes that begins with one of them; or, where there is none, that the expression matches. */
  readonly prefixes: readonly string[];
  readonly regex: string;
  /** A subscription is told how far it is after so many events, wanted or not. */
  readonly checkpointEvery: number;
}

export type EventFilter = (event: StoredEvent) => boolean;

/** A thousand instructions or so: a name of a thousand characters is then matched in a few milliseconds. */
const REGEX_MAX = 1024;
const PREFIXES_MAX = 1000;
const VERDICTS_KEPT = 10_000;

/** Throws where the expression is none, or cannot be matched in linear time. */
export function eventFilter({ by, prefixes, regex }: FilterRequest): EventFilter {
  const passes = prefixes.length > 0 ? beginsWithOne(prefixes) : matches(regex);
  // There are few types, and streams are read one event after another.
  const verdicts = new BoundedMap<string, boolean>(VERDICTS_KEPT);
  return (event) => {
    const name = by === 'stream' ? event.stream : event.type;
    const before = verdicts.get(name);
    if (before !== undefined) return before;
    const verdict = passes(name);
    verdicts.set(name, verdict);
    return verdict;
  };
}

function beginsWithOne(prefixes: readonly string[]): (name: string) => boolean {
  if (prefixes.length > PREFIXES_MAX) {
    throw invalidArgument(`A filter may have ${String(PREFIXES_MAX)} prefixes.`);
  }
  return (name) => prefixes.some((prefix) => name.startsWith(prefix));
}

/** How clients write "everything but": a look ahead, which as such could not be matched in linear time. */
const EVERYTHING_BUT = /^\^\(\?!(.*)\)(?:\.\*\$?)?$/s;

function matches(regex: string): (name: string) => boolean {
  if (regex === '') throw invalidArgument('A filter names neither prefixes nor an expression.');
  if (lengthWrittenOut(regex) > REGEX_MAX) {
    throw invalidArgument(
      `The expression of a filter may have ${String(REGEX_MAX)} characters, with all that it repeats ` +
        'a number of times, as in a{9}, written out.',
    );
  }
  const excluded = EVERYTHING_BUT.exec(regex)?.[1];
  if (excluded === undefined) {
    const pattern = compiled(regex);
    return (name) => pattern.test(name);
  }
  // By itself it shows whether the last parenthesis is the one that ends the look ahead.
  compiled(excluded);
  const pattern = compiled(`^(?:${excluded})`);
  return (name) => !pattern.test(name);
}

/**
 * At most so long, by and large, is the program to which the expression is compiled: what is repeated a
 * number of times stands in it as often. A group is taken to be the whole expression.
 */
function lengthWrittenOut(regex: string): number {
  let [length, times] = [regex.length, 1];
  for (const [, before, least, most] of regex.matchAll(/(.)\{(\d+)(?:,(\d*))?\}/gs)) {
    const count = Math.max(1, Number(least), Number(most ?? 0));
    if (before === ')') times *= count;
    else length += count;
  }
  return length * times;
}

function compiled(regex: string): RE2JS {
  try {
    return RE2JS.compile(regex);
  } catch (error) {
    throw invalidArgument(
      `The expression of a filter cannot be used: ${(error as Error).message}. ` +
        'It must be one of RE2, which are matched in linear time.',
    );
  }
}
