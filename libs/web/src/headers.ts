import { isUuid } from '#libs/kernel';
import { malformed } from './problem.js';

/** The id of a command, from `Idempotency-Key`: undefined where the header is absent. */
export function readIdempotencyKey(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const key = text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .toLowerCase();
  if (isUuid(key)) return key;
  throw malformed([{ field: 'Idempotency-Key', problem: 'must be a UUID' }]);
}

/** The revision that a stream must have, from `If-Match: "<revision>"`; undefined where it is absent. */
export function readIfMatch(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, revision] = /^"(\d{1,15})"$/.exec(text.trim()) ?? [];
  if (revision !== undefined) return Number(revision);
  throw malformed([
    { field: 'If-Match', problem: 'must be one revision in quotes, as ETag gave it: "3"' },
  ]);
}

/** The entity tag of a stream at a revision. */
export function etagOf(revision: number): string {
  return `"${String(revision)}"`;
}
