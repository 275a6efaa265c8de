import fc from 'fast-check';
import { addDays, type CivilDay } from '#libs/kernel';
import {
  applyScenario,
  changeKinds,
  dutyNames,
  enactedPolicy,
  enactedTimeline,
  type Policy,
  type ScenarioChange,
} from '#libs/policy';

/** One change of the enacted policy, and the first day on which it can make a difference. */
export interface DatedChange {
  readonly change: ScenarioChange;
  readonly from: CivilDay;
}

/** Milestones and the launch of US-VISIT change no rule. */
const law = enactedTimeline.filter(
  ({ type }) => type !== 'MilestoneNoted' && type !== 'UsVisitLaunched',
);
const isTheSuspension = ({ ref }: { readonly ref: string }): boolean =>
  ref === 'domestic-registration-suspended';
const records = fc.constantFrom(...law);
const suspendable = dutyNames.filter((duty) => duty !== 'call-in-registration');
const duties = fc.subarray(suspendable, { minLength: 1, maxLength: 3 });
const days = fc.integer({ min: 0, max: 900 }).map((after) => addDays('2002-09-11', after));

/** The suspension more often than others: without it the yearly duty goes on. */
const withdrawals: fc.Arbitrary<DatedChange> = fc
  .oneof(
    { weight: 2, arbitrary: records },
    { weight: 1, arbitrary: fc.constantFrom(...law.filter(isTheSuspension)) },
  )
  .map(({ ref, effectiveOn }) => ({ change: { withdraw: ref }, from: effectiveOn }));

/** Both the day that it leaves and the day to which it goes make a difference. */
const moves: fc.Arbitrary<DatedChange> = fc
  .tuple(records, fc.integer({ min: -90, max: 90 }))
  .map(([{ ref, effectiveOn }, by]) => {
    const to = addDays(effectiveOn, by);
    return { change: { move: ref, effectiveOn: to }, from: to < effectiveOn ? to : effectiveOn };
  });

function amended(ref: string, set: Readonly<Record<string, unknown>>): DatedChange {
  const record = enactedTimeline.find((event) => event.ref === ref);
  if (!record) throw new Error(`Nothing is enacted as "${ref}".`);
  return { change: { amend: ref, set }, from: record.effectiveOn };
}

const amendments: fc.Arbitrary<DatedChange> = fc.constantFrom(
  amended('follow-up-interview-enacted', { 'terms.dueAfterDays': 60 }),
  amended('follow-up-interview-enacted', { 'terms.opensAfterDays': 10 }),
  amended('annual-reregistration-enacted', { 'terms.daysBefore': 60, 'terms.daysAfter': 3 }),
  amended('annual-reregistration-enacted', { 'terms.leapDayAnniversary': '03-01' }),
  amended('change-notice-enacted', { 'terms.dueAfterDays': 3, 'terms.presentAtLeastDays': 0 }),
  amended('domestic-registration-suspended', { deadlineOnEffectiveDay: 'owed' }),
  amended('five-country-designation', { countries: ['IR', 'PK', 'FR'] }),
  amended('officer-discretion-authorised', { kinds: ['lookout'], criteria: [] }),
  amended('group-3-extended', { closesOn: '2003-05-31' }),
);

/** Events that could have been: by which duties cease, */
const endings = fc.oneof(
  duties.map((of) => ({
    type: 'DomesticRegistrationSuspended' as const,
    data: { duties: of, deadlineOnEffectiveDay: 'owed' },
  })),
  fc.constantFrom(...suspendable).map((duty) => ({
    type: 'DutyMovedToUsVisit' as const,
    data: { duty },
  })),
  fc.constant({ type: 'ProgrammeDelisted' as const, data: {} }),
);

/** and others. */
const beginnings = fc.oneof(
  duties.map((of) => ({
    type: 'DomesticRegistrationReinstated' as const,
    data: { duties: of },
  })),
  fc.constantFrom(...dutyNames).map((duty) => ({
    type: 'DutyExemptionMade' as const,
    data: {
      duty,
      classes: ['F1', 'D1'],
      ...(duty === 'change-notice' && { changeKinds: [...changeKinds] }),
    },
  })),
  fc.record({ opensAfterDays: fc.nat(30), lasts: fc.nat(60) }).map(({ opensAfterDays, lasts }) => ({
    type: 'DutyEnacted' as const,
    data: {
      duty: 'follow-up-interview',
      terms: { opensAfterDays, dueAfterDays: opensAfterDays + lasts },
    },
  })),
  fc.constant({
    type: 'ArrivalDesignationMade' as const,
    data: { designation: 'invented', countries: ['FR', 'AM'] },
  }),
);
const enactable = fc.oneof(endings, beginnings);

const enactments: fc.Arbitrary<DatedChange> = fc
  .tuple(enactable, days, fc.nat(999))
  .map(([{ type, data }, effectiveOn, number]) => ({
    change: { enact: { ref: `invented-${String(number)}`, type, effectiveOn, data } },
    from: effectiveOn,
  }));

const changes = fc.array(fc.oneof(withdrawals, moves, amendments, enactments, enactments), {
  minLength: 1,
  maxLength: 3,
});

/** A policy, and from which day on it can differ from the enacted one. */
export interface OtherPolicy {
  readonly policy: Policy;
  readonly differsFrom: CivilDay;
  readonly changes: readonly DatedChange[];
}

/** The enacted policy with some changes that make sense together. */
export const otherPolicies: fc.Arbitrary<OtherPolicy> = changes
  .map((some) => changedBy(some) ?? some.reduce(withChange, unchanged))
  .filter((other) => other.changes.length > 0);

const unchanged: OtherPolicy = {
  policy: enactedPolicy,
  differsFrom: '9999-12-31',
  changes: [],
};

/** The policy with all of the changes, unless they contradict each other or name one event twice. */
function changedBy(some: readonly DatedChange[]): OtherPolicy | undefined {
  const made = some.map(({ change }) => change);
  const scenario = { name: 'invented', base: 'enacted', changes: made } as const;
  const outcome = applyScenario(enactedTimeline, scenario);
  if ('issues' in outcome) return undefined;
  const [differsFrom = ''] = some.map(({ from }) => from).toSorted();
  return { policy: outcome.policy, differsFrom, changes: some };
}

/** A change that does not go with those before it is left out. */
function withChange(other: OtherPolicy, next: DatedChange): OtherPolicy {
  return changedBy([...other.changes, next]) ?? other;
}
