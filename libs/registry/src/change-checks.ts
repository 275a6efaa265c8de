import type { CivilDay, Refusal } from '#libs/kernel';
import type { ChangeKind } from '#libs/policy';
import type { Case } from './case.js';
import type { ObligationKey } from './events.js';
import type { Fact } from './facts.js';
import { noStayHolding, notRegistered } from './presence-checks.js';
import { byRecord, byRule, type Check, type RegistrantRefusalCode } from './refusals.js';
import type { Registrant } from './state.js';

export type ChangeCase = Case<
  Extract<Case['event'], { type: 'ChangeReported' | 'UnreportedChangeFound' }>
>;
type ChangeType = ChangeCase['event']['type'];

/** The notice of 10 days that a change is to be given within. */
export function noticeOf({ event: { data } }: ChangeCase): ObligationKey {
  return { duty: 'change-notice', anchorOn: data.changedOn, kind: data.kind };
}

/** Whether such a change can have been reported, or found, that day: by one in the country, after it. */
export function changeChecks(of: ChangeCase): readonly Check[] {
  const { changedOn } = of.event.data;
  return [
    () => noticeBeforeChange(of),
    () => notRegistered(of),
    () => noStayHolding(of, { day: changedOn, field: 'changedOn' }),
  ];
}

function noticeBeforeChange({ day, dayField, event }: ChangeCase): Refusal | undefined {
  if (day >= event.data.changedOn) return undefined;
  return byRule('NoticeBeforeChange', {
    detail: 'Nothing is noticed before it has changed: check the two days.',
    field: dayField,
  });
}

interface Change {
  readonly kind: ChangeKind;
  readonly changedOn: CivilDay;
}

/** The recorded fact of that type about the same change: there is one change of a kind a day. */
export function recordedOfChange(
  { facts }: Registrant,
  type: ChangeType,
  { kind, changedOn }: Change,
): Fact<ChangeType> | undefined {
  return facts.find(
    (fact): fact is Fact<ChangeType> =>
      fact.type === type && fact.data.kind === kind && fact.data.changedOn === changedOn,
  );
}

/** The refusal of what is recorded already, or otherwise than it now comes in. */
export function changeRecorded(
  code: RegistrantRefusalCode,
  { verb, fact }: { readonly verb: string; readonly fact: Fact<ChangeType> },
): Refusal {
  const { kind, changedOn } = fact.data;
  return byRecord(code, {
    detail:
      `The change of ${kind} on ${changedOn} is recorded as ${verb} on ${fact.day}: if that is ` +
      'wrong, correct or rescind that record first.',
    field: 'changedOn',
  });
}

/** The state of an address, so far as it has the form of one: what is wrong with it is said elsewhere. */
export function stateOfAddress(value: unknown): { readonly usState?: string } {
  const isAddress = typeof value === 'object' && value !== null && 'state' in value;
  return isAddress ? { usState: value.state as string } : {};
}
