import { type CivilDay, contentHash, type Instant } from '#libs/kernel';
import { correctedBy, isClerical, type PolicyLogEntry, type PolicyRecord } from './record.js';

/** A list of dated policy events in the order in which they take effect, and what it hashes to. */
export interface Policy {
  /** As corrected; by effective day, then by place in the log; a scenario's enactments last of their day. */
  readonly records: readonly PolicyRecord[];
  /** Hex SHA-256 of what counts for the law: titles, authorities, citations and notes do not. */
  readonly hash: string;
  /** All that it was folded from, in the order of the log: what an earlier look is folded from. */
  readonly log: readonly PolicyLogEntry[];
}

/** Folds entries that stand in the order of the log; corrections and rescissions apply to their records. */
export function foldPolicy(log: readonly PolicyLogEntry[]): Policy {
  const records = standingRecords(log).toSorted((a, b) => compare(a.effectiveOn, b.effectiveOn));
  let hash: string | undefined;
  return {
    records,
    log,
    // Of thousands of policies, narrowed to this day or that, nobody asks for the hash.
    get hash() {
      return (hash ??= hashOf(records));
    },
  };
}

/**
 * The records that no rescission names, in the order of the log and each in the form that the last
 * correction of it in the log gives it, wherever that stands.
 */
export function standingRecords(log: readonly PolicyLogEntry[]): readonly PolicyRecord[] {
  const clerical = log.filter(isClerical);
  if (clerical.length === 0) return log as readonly PolicyRecord[];
  const rescinded = new Set<string>();
  const corrections = new Map<string, Parameters<typeof correctedBy>[1]>();
  for (const entry of clerical) {
    if (entry.type === 'PolicyRecordRescinded') rescinded.add(entry.ref);
    else corrections.set(entry.ref, entry);
  }
  return log.flatMap((entry) => {
    if (isClerical(entry) || rescinded.has(entry.ref)) return [];
    const correction = corrections.get(entry.ref);
    return [correction ? correctedBy(entry, correction) : entry];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hashOf(records: readonly PolicyRecord[]): string {
  return contentHash(
    records.map(({ ref, type, effectiveOn, publishedOn, data }) => ({
      ref,
      type,
      effectiveOn,
      publishedOn,
      data,
    })),
  );
}

/** The policy as the registry knew it at an instant: without what was recorded later, corrections too. */
export function policyKnownAt(policy: Policy, knownAt: Instant): Policy {
  return narrowed(policy, `known ${knownAt}`, () =>
    policy.log.filter(({ known }) => known === 'always' || known <= knownAt),
  );
}

/**
 * The policy as far as it had taken effect by a day: what obligations that have opened are judged by.
 * Of what was known earlier it says nothing any more, so knowledge is to be narrowed first.
 */
export function policyEffectiveBy(policy: Policy, day: CivilDay): Policy {
  return narrowed(policy, `effective ${day}`, () =>
    recordsOrLog(policy, (record) => record.effectiveOn <= day),
  );
}

/**
 * The policy as far as it had been published by a day, whenever it takes effect: what lies ahead.
 * Knowledge is to be narrowed first here too.
 */
export function policyPublishedBy(policy: Policy, day: CivilDay): Policy {
  return narrowed(policy, `published ${day}`, () =>
    recordsOrLog(policy, (record) => record.known === 'always' || record.publishedOn <= day),
  );
}

/** The records that are kept, as they stand; the log itself where all of them are. */
function recordsOrLog(
  { log }: Policy,
  keep: (record: PolicyRecord) => boolean,
): readonly PolicyLogEntry[] {
  const standing = standingRecords(log);
  const kept = standing.filter(keep);
  return kept.length === standing.length ? log : kept;
}

/** Thousands of people are judged under one policy on one day, so what was narrowed once is kept with it. */
const narrowings = new WeakMap<Policy, Map<string, Policy>>();
const NARROWINGS_MAX = 1000;

function narrowed(policy: Policy, name: string, keep: () => readonly PolicyLogEntry[]): Policy {
  const kept = narrowings.get(policy) ?? new Map<string, Policy>();
  const before = kept.get(name);
  if (before) return before;
  const log = keep();
  const result = log.length === policy.log.length ? policy : foldPolicy(log);
  if (kept.size >= NARROWINGS_MAX) kept.clear();
  kept.set(name, result);
  narrowings.set(policy, kept);
  return result;
}
