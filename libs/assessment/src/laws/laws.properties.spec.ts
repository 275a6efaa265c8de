import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDay, type RecordedEvent } from '#libs/kernel';
import { applyScenario, type Duty, enactedPolicy, enactedTimeline, foldPolicy } from '#libs/policy';
import { isFactType, type RegistrantEventType } from '#libs/registry';
import { recorded, SPEC_REGISTRANT, type SpecEvent, specStream } from '#libs/spec';
import { type Obligation, obligationName } from '../obligation.js';
import { assess, type Assessment, type AssessmentView, type PolicyWorld } from '../assess.js';
import {
  crowds,
  dayOf,
  lives,
  livesFrom,
  presences,
  registeredBefore,
  seenLives,
} from './lives.contract.js';
import { otherPolicies } from './policies.contract.js';

const runs = (numRuns: number) => ({ numRuns });

function judged(
  events: readonly SpecEvent[] | readonly RecordedEvent[],
  world: PolicyWorld,
  view: AssessmentView,
): Assessment {
  const isRecorded = (event: SpecEvent | RecordedEvent): event is RecordedEvent => 'id' in event;
  const log = events.every(isRecorded) ? events : recorded(specStream, events);
  return assess({ registrantId: SPEC_REGISTRANT, events: log }, world, view);
}

describe('under whatever policy, whoever lived', () => {
  it('the enacted policy with an empty scenario judges alike', () => {
    const outcome = applyScenario(enactedTimeline, { name: 'x', base: 'enacted', changes: [] });
    if ('issues' in outcome) throw new Error('An empty scenario has no issues.');
    const { policy } = outcome;
    fc.assert(
      fc.property(seenLives, ({ life, view }) => {
        expect(judged(life, { policy, recorded: enactedPolicy }, view)).toEqual(
          judged(life, { policy: enactedPolicy }, view),
        );
      }),
      runs(50),
    );
  });

  /**
   * A change makes its first difference on the day D on which the event that it withdraws, amends or
   * enacts takes effect; one that it moves, on the earlier of its two days; several, on the earliest
   * of them. Seen from any day before D every obligation that is not upcoming is the same in all that
   * it says, and so are the facts that nobody needed, both as law and as a counterfactual.
   */
  it('a change effective on a day alters nothing but what is upcoming on any day before it', () => {
    const before = fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 500 }) },
    );
    const differing = otherPolicies.chain(({ policy, differsFrom }) =>
      fc.record({
        policy: fc.constant(policy),
        crowd: fc.array(livesFrom(registeredBefore(differsFrom)), { minLength: 1, maxLength: 5 }),
        on: before.map((days) => addDays(differsFrom, -days)),
      }),
    );
    fc.assert(
      fc.property(differing, presences, ({ policy, crowd, on }, presence) => {
        const view = { on, presence, upcoming: true };
        for (const life of crowd) {
          const enacted = withoutUpcoming(judged(life, { policy: enactedPolicy }, view));
          expect(withoutUpcoming(judged(life, { policy }, view))).toEqual(enacted);
          const beside = judged(life, { policy, recorded: enactedPolicy }, view);
          expect(withoutUpcoming(beside)).toEqual(enacted);
        }
      }),
      runs(70),
    );
  });

  it('what opens after the day looked from is upcoming, and nothing else is', () => {
    fc.assert(
      fc.property(seenLives, otherPolicies, ({ life, view }, { policy }) => {
        for (const { status, opensOn } of judged(life, { policy }, view).obligations) {
          expect(status === 'upcoming').toBe(opensOn > view.on);
        }
      }),
      runs(40),
    );
  });

  it('the first facts of the log, seen from their last day and instant, are judged as the whole is', () => {
    fc.assert(
      fc.property(lives, fc.nat(), presences, (life, cut, presence) => {
        const log = recorded(specStream, life);
        const prefix = log.slice(0, (cut % log.length) + 1);
        const view = { on: lastDayOf(prefix), presence, upcoming: true };
        const knownAt = prefix.at(-1)?.metadata.recordedAt ?? '';
        const whole = judged(log, { policy: alwaysKnown }, { ...view, knownAt });
        // Nothing that came later is known then: so it is when it is not there at all.
        expect(judged(prefix, { policy: alwaysKnown }, view)).toEqual(whole);
        expect(judged(prefix, { policy: enactedPolicy }, { ...view, knownAt })).toEqual(
          judged(log, { policy: enactedPolicy }, { ...view, knownAt }),
        );
      }),
      runs(50),
    );
  });

  it('facts corrected, and corrected back to the original, restore every status', () => {
    fc.assert(
      fc.property(seenLives, fc.nat(), ({ life, view }, which) => {
        const at = which % life.length;
        const log = recorded(specStream, life);
        const world = { policy: enactedPolicy };
        const before = judged(log, world, view);
        const there = correction(log, at, { days: 17 });
        const back = correction(log, at, { days: 0 });
        expect(judged([...log, there, back], world, view)).toEqual(before);
        const moved = life.map((fact, of) => (of === at ? onAnotherDay(fact, 17) : fact));
        expect(judged([...log, there], world, view)).toEqual(
          judged(recorded(specStream, moved), world, view),
        );
      }),
      runs(50),
    );
  });

  it('nothing is untested in the world that was', () => {
    fc.assert(
      fc.property(crowds, otherPolicies, ({ crowd, view }, { policy }) => {
        const again = foldPolicy(policy.log);
        const seen = crowd.flatMap((life) =>
          [{ policy }, { policy: again, recorded: policy }].flatMap(
            (world) => judged(life, world, view).obligations,
          ),
        );
        expect(seen.filter(({ status }) => status === 'untested')).toEqual([]);
      }),
      runs(30),
    );
  });

  it('no counterfactual holds anybody to have missed what nobody asked of them', () => {
    fc.assert(
      fc.property(crowds, otherPolicies, ({ crowd, view }, { policy }) => {
        for (const life of crowd) {
          const really = judged(life, { policy: enactedPolicy }, view).obligations;
          const there = judged(life, { policy, recorded: enactedPolicy }, view).obligations;
          const violated = there.filter(
            ({ status }) => status === 'missed' || status === 'met-late',
          );
          expect(really.filter(wasNotKept).map(obligationName)).toEqual(
            expect.arrayContaining(violated.map(obligationName)),
          );
        }
      }),
      runs(60),
    );
  });

  it('lines of the log with different legal days may stand in any order', () => {
    fc.assert(
      fc.property(seenLives, fc.infiniteStream(fc.nat()), ({ life, view }, numbers) => {
        const log = recorded(specStream, life);
        const turned = turnedAround(log, numbers);
        const world = { policy: enactedPolicy };
        expect(judged(turned, world, view)).toEqual(judged(log, world, view));
      }),
      runs(50),
    );
  });

  it('each fact of the seven types satisfies exactly one obligation or is unneeded', () => {
    const policies = fc.oneof(otherPolicies, fc.constant({ policy: neverSuspended }));
    fc.assert(
      fc.property(crowds, policies, ({ crowd, view }, { policy }) => {
        for (const life of crowd) {
          const log = recorded(specStream, life);
          const { obligations, unneeded } = judged(log, { policy }, view);
          const satisfying = obligations
            .filter(({ satisfiedOn }) => satisfiedOn !== undefined)
            .map((obligation) => satisfyingFactOf(obligation, log));
          const ofTheSeven = log.filter(
            (event) => satisfyingTypes.includes(event.type) && dayOf(event) <= view.on,
          );
          expect([...satisfying, ...unneeded].toSorted()).toEqual(
            ofTheSeven.map(({ id }) => id).toSorted(),
          );
        }
      }),
      runs(80),
    );
  });
});

/** Asked for by a day that is over, and not done by it: whatever became of it since. */
function wasNotKept({ status, satisfiedOn, dueOn }: Obligation): boolean {
  if (status === 'upcoming' || status === 'open' || status === 'released') return false;
  return satisfiedOn === undefined || satisfiedOn > dueOn;
}

function withoutUpcoming({ obligations, unneeded }: Assessment): Assessment {
  return { obligations: obligations.filter(({ status }) => status !== 'upcoming'), unneeded };
}

function lastDayOf(log: readonly SpecEvent[]): CivilDay {
  return log.map(dayOf).toSorted().at(-1) ?? '';
}

/** The enacted law, of which the registry knew from the start. */
const alwaysKnown = foldPolicy(enactedTimeline.map((record) => ({ ...record, known: 'always' })));

const neverSuspended = foldPolicy(
  enactedTimeline.filter(({ ref }) => ref !== 'domestic-registration-suspended'),
);

/** The fact with its own day moved, and nothing else. */
function onAnotherDay(event: SpecEvent, days: number): SpecEvent {
  const day = dayOf(event);
  const moved = Object.entries(event.data).map(([field, value]) =>
    field === ownDay[event.type] ? [field, addDays(day, days)] : [field, value as unknown],
  );
  return { ...event, data: Object.fromEntries(moved) as never };
}

const ownDay: Readonly<Partial<Record<RegistrantEventType, string>>> = {
  ArrivalRegistered: 'arrivedOn',
  CallInRegistrationCompleted: 'registeredOn',
  FollowUpInterviewCompleted: 'interviewedOn',
  AnnualReregistrationCompleted: 'reregisteredOn',
  ChangeReported: 'reportedOn',
  UnreportedChangeFound: 'foundOn',
  DepartureConfirmed: 'departedOn',
  UnregisteredDepartureRecorded: 'departedOn',
  IndividualNoticeServed: 'servedOn',
  NoticeInterviewCompleted: 'interviewedOn',
  ExemptionGranted: 'from',
  StatusChanged: 'changedOn',
  GoodCauseAccepted: 'decidedOn',
};

function correction(
  log: ReturnType<typeof recorded>,
  at: number,
  { days }: { readonly days: number },
): RecordedEvent {
  const fact = log[at];
  if (!fact) throw new Error('No such fact.');
  const { data } = onAnotherDay(fact, days);
  return {
    ...fact,
    id: `${fact.id}-${String(days)}`,
    type: 'RecordCorrected',
    position: log.length + 100 - days,
    data: { eventId: fact.id, corrected: { type: fact.type, version: 1, data } },
  };
}

/** Another order of the log, in which only facts of one legal day keep theirs. */
function turnedAround(
  log: ReturnType<typeof recorded>,
  numbers: fc.Stream<number>,
): readonly RecordedEvent[] {
  const byDay = new Map<CivilDay, RecordedEvent[]>();
  for (const event of log) {
    byDay.set(dayOf(event), [...(byDay.get(dayOf(event)) ?? []), event]);
  }
  return [...byDay.values()]
    .map((events) => ({ events, at: numbers.next().value as number }))
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ events }) => events)
    .map((event, position) => ({ ...event, position, revision: position }));
}

const satisfyingType: Readonly<Record<Duty, RegistrantEventType>> = {
  'arrival-registration': 'ArrivalRegistered',
  'call-in-registration': 'CallInRegistrationCompleted',
  'follow-up-interview': 'FollowUpInterviewCompleted',
  'annual-reregistration': 'AnnualReregistrationCompleted',
  'change-notice': 'ChangeReported',
  'departure-registration': 'DepartureConfirmed',
  'notice-interview': 'NoticeInterviewCompleted',
};

const satisfyingTypes: readonly string[] = Object.values(satisfyingType);

/** The one fact behind the obligation that is of its duty's type and of the day on which it was met. */
function satisfyingFactOf(
  { duty, satisfiedOn, facts }: Obligation,
  log: ReturnType<typeof recorded>,
): string {
  const own = log.filter(
    (event) =>
      facts.includes(event.id) &&
      event.type === satisfyingType[duty] &&
      isFactType(event.type) &&
      dayOf(event) === satisfiedOn,
  );
  expect(own).toHaveLength(1);
  return own[0]?.id ?? '';
}
