import type { Instant } from '#libs/kernel';
import type {
  ClericalDataByType,
  ClericalEventType,
  LawEventType,
  PolicyEvent,
  PolicyEventData,
} from './events.js';

type AnyPolicyRecord = {
  readonly [Type in LawEventType]: PolicyEventData<Type> & {
    readonly type: Type;
    readonly known: Known;
  };
}[LawEventType];

/**
 * An event that makes law as the fold takes it: flat, as in a policy file, and with the instant from
 * which the registry knew it. What a scenario changed counts as always known.
 */
export type PolicyRecord<Type extends LawEventType = LawEventType> = Extract<
  AnyPolicyRecord,
  { readonly type: Type }
>;

/** An event that makes law as a policy file holds it: a record that does not say when it became known. */
export type PolicyEntry = {
  readonly [Type in LawEventType]: PolicyEventData<Type> & { readonly type: Type };
}[LawEventType];

type AnyClericalEntry = {
  readonly [Type in ClericalEventType]: ClericalDataByType[Type] & {
    readonly type: Type;
    readonly known: Known;
  };
}[ClericalEventType];

/** A correction or a rescission of the record that it names, flat likewise. */
export type ClericalEntry<Type extends ClericalEventType = ClericalEventType> = Extract<
  AnyClericalEntry,
  { readonly type: Type }
>;

/** What the policy stream holds: records, and the clerical entries about them. */
export type PolicyLogEntry = PolicyRecord | ClericalEntry;

export type Known = Instant | 'always';

/** The entry of one stored event. */
export function logEntryOf(event: PolicyEvent, known: Known): PolicyLogEntry {
  // One spread for all types: the union of events and the union of entries run parallel.
  return { ...event.data, type: event.type, known } as PolicyLogEntry;
}

export function isClerical(entry: PolicyLogEntry): entry is ClericalEntry {
  return entry.type === 'PolicyRecordCorrected' || entry.type === 'PolicyRecordRescinded';
}

/** The record with what the correction says in place of all that it said; its place in the log stays. */
export function correctedBy(
  { ref, type, known }: PolicyRecord,
  { corrected }: Pick<ClericalEntry<'PolicyRecordCorrected'>, 'corrected'>,
): PolicyRecord {
  // That the data is that of the type was checked where the correction was taken in.
  return { ...corrected, ref, type, known } as PolicyRecord;
}
