import { contentHash, type Instant, type KnownEvent, sha256HexOf } from '#libs/kernel';
import { policyKnownAt } from '#libs/policy';
import type { World } from './answer.js';
import type { ReplayRequest } from './request.js';
import { isKnown, type ReplaySource } from './source.js';

interface Asked {
  readonly request: ReplayRequest;
  readonly worlds: readonly World[];
  readonly code: string;
}

/** A hash of the question and of what it is computed from: the same question has the same address. */
export function replayId({ request, worlds, code }: Asked, source: ReplaySource): string {
  const { knownAt } = request;
  return contentHash({
    request,
    worlds: worlds.map((world) => lawOf(world, knownAt)),
    historyHash: source.historyHash,
    position: source.position,
    isAdopted: source.isAdopted,
    isSynthetic: source.isSynthetic,
    ...(knownAt !== undefined && { known: sha256HexOf(idsKnownAt(source, knownAt)) }),
    code,
  }).slice(0, 32);
}

/** The hash of a policy says nothing of when it was known, which an earlier look depends on. */
function lawOf({ name, policy }: World, knownAt: Instant | undefined): readonly unknown[] {
  const always = policy.records.filter(({ known }) => known === 'always').map(({ ref }) => ref);
  const known = knownAt === undefined ? policy : policyKnownAt(policy, knownAt);
  return [name, policy.hash, known.hash, always];
}

/** Nor does the hash of a history say when its events were recorded. */
function* idsKnownAt(
  { subjects, registryDays }: ReplaySource,
  knownAt: Instant,
): Generator<string, void> {
  for (const { events } of subjects)
    yield* idsOf(events.filter((event) => isKnown(event, knownAt)));
  yield* idsOf(registryDays.filter((event) => isKnown(event, knownAt)));
}

function* idsOf(events: readonly KnownEvent[]): Generator<string, void> {
  for (const { id } of events) yield `${id}\n`;
}
