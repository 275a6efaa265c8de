import { type CivilDay, contentHash, type Instant } from '#libs/kernel';
import type { PolicyRecord } from './record.js';

/** A list of dated policy events in the order in which they take effect, and what it hashes to. */
export interface Policy {
  /** By effective day, then by place in the log; a scenario's enactments last of their day. */
  readonly records: readonly PolicyRecord[];
  /** Hex SHA-256 of what counts for the law: titles, authorities, citations and notes do not. */
  readonly hash: string;
}

/** Folds records that stand in the order of the log. */
export function foldPolicy(recordsInLogOrder: readonly PolicyRecord[]): Policy {
  const records = recordsInLogOrder.toSorted((a, b) => compare(a.effectiveOn, b.effectiveOn));
  return { records, hash: hashOf(records) };
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

/** The policy as the registry knew it at an instant. */
export function policyKnownAt(policy: Policy, knownAt: Instant): Policy {
  return narrowed(policy, `known ${knownAt}`, (record) => isKnownBy(record, knownAt));
}

/** The policy as far as it had taken effect by a day: what obligations that have opened are judged by. */
export function policyEffectiveBy(policy: Policy, day: CivilDay): Policy {
  return narrowed(policy, `effective ${day}`, (record) => record.effectiveOn <= day);
}

/** The policy as far as it had been published by a day, whenever it takes effect: what lies ahead. */
export function policyPublishedBy(policy: Policy, day: CivilDay): Policy {
  return narrowed(
    policy,
    `published ${day}`,
    (record) => record.known === 'always' || record.publishedOn <= day,
  );
}

function isKnownBy(record: PolicyRecord, knownAt: Instant): boolean {
  return record.known === 'always' || record.known <= knownAt;
}

/** Thousands of people are judged under one policy on one day, so what was narrowed once is kept with it. */
const narrowings = new WeakMap<Policy, Map<string, Policy>>();
const NARROWINGS_MAX = 1000;

function narrowed(policy: Policy, name: string, keep: (record: PolicyRecord) => boolean): Policy {
  const kept = narrowings.get(policy) ?? new Map<string, Policy>();
  const before = kept.get(name);
  if (before) return before;
  const records = policy.records.filter(keep);
  const result = records.length === policy.records.length ? policy : foldPolicy(records);
  if (kept.size >= NARROWINGS_MAX) kept.clear();
  kept.set(name, result);
  narrowings.set(policy, kept);
  return result;
}
