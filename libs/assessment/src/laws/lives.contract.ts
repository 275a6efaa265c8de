import fc from 'fast-check';
import { addDays, type CivilDay } from '#libs/kernel';
import { type Duty, dutyNames } from '#libs/policy';
import { isFactType, legalDay } from '#libs/registry';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  type SpecEvent,
} from '#libs/spec';
import type { AssessmentView } from '../assess.js';

/** Days on which something begins or ends in the law, so that lives touch them. */
const turningDays = [
  ...['2002-09-11', '2002-10-01', '2002-11-15', '2002-12-16', '2003-01-13', '2003-01-27'],
  ...['2003-02-07', '2003-02-19', '2003-03-21', '2003-12-02', '2004-01-05', '2011-04-28'],
] as const;

const within = (days: number) => fc.integer({ min: 0, max: days });

/** How long after a registration things happen: about the edges of its windows, and anywhere. */
const edges = [0, 1, 29, 30, 31, 35, 40, 41, 354, 355, 356, 365, 375, 376, 720, 725] as const;
const later = fc.oneof(within(800), fc.constantFrom(...edges));

/** Days of registration by which something is open, or just over, on the day given. */
export function registeredBefore(day: CivilDay): fc.Arbitrary<CivilDay> {
  const ago = fc.oneof(within(45), fc.integer({ min: 350, max: 380 }), fc.constantFrom(...edges));
  return ago.map((days) => addDays(day, -days));
}

const days: fc.Arbitrary<CivilDay> = fc.oneof(
  within(700).map((after) => addDays('2002-09-01', after)),
  fc.constantFrom(...turningDays).chain(registeredBefore),
);

const persons = fc.record({
  sex: fc.constantFrom('M' as const, 'M' as const, 'F' as const, 'X' as const),
  bornOn: fc.constantFrom('1956-02-29', '1970-06-01', '1986-11-15', '1987-01-14', '1988-02-29'),
  nationalities: fc.constantFrom(['IR'], ['PK'], ['FR', 'SY'], ['MA', 'PK'], ['AM'], ['FR']),
});
const classes = fc.constantFrom('F1', 'F1', 'B2', 'H1B', 'D1', 'A1');
const bases = fc.constantFrom(
  { kind: 'designation' } as const,
  { kind: 'lookout', lookoutRef: 'invented' } as const,
  { kind: 'officer-discretion', criteria: ['earlier-overstay'] } as const,
);
const admitted = fc.option(within(400), { nil: undefined });

function arrivals(day: fc.Arbitrary<CivilDay>): fc.Arbitrary<SpecEvent> {
  return fc
    .record({ arrivedOn: day, person: persons, classOfAdmission: classes, basis: bases, admitted })
    .map(({ arrivedOn, admitted: stays, ...data }) =>
      anArrival({
        ...data,
        arrivedOn,
        ...(stays !== undefined && { admittedUntil: addDays(arrivedOn, stays) }),
      }),
    );
}

const callIns: fc.Arbitrary<SpecEvent> = fc
  .record({ after: within(170), person: persons, admittedBefore: within(120) })
  .map(({ after, person, admittedBefore }) => {
    const registeredOn = addDays('2002-11-12', after);
    const { data } = aCallIn({ registeredOn });
    const admittedOn = addDays('2002-09-30', -admittedBefore);
    return aCallIn({ registeredOn, person, admission: { ...data.admission, admittedOn } });
  });

const kinds = fc.constantFrom('address' as const, 'employment' as const, 'school' as const);
const noticeIds = ['a', 'b'].map((letter) => `00000000-0000-4000-8000-00000000000${letter}`);
const noticeId = fc.constantFrom(...noticeIds);
const duties = fc.uniqueArray(fc.constantFrom(...dutyNames), { minLength: 1, maxLength: 3 });
const statuses = fc.constantFrom('permanent-resident' as const, 'asylee' as const, 'A1', 'F1');
const reliedOn = { status: '', opensOn: '', dueOn: '', policyHash: '', rulesVersion: '' };

/** Good cause for what the person may owe by a registration of that day. */
const causes = (from: CivilDay, on: CivilDay) =>
  fc.constantFrom<Duty>('follow-up-interview', 'annual-reregistration').map((duty) => {
    const year = duty === 'annual-reregistration' ? { year: 1 } : {};
    const obligation = { duty, anchorOn: from, ...year };
    return aFact('GoodCauseAccepted', { obligation, decidedOn: on, reliedOn });
  });

/** Something that happens on a day to a person who was registered on another. */
function happening(from: CivilDay, on: CivilDay): fc.Arbitrary<SpecEvent> {
  const daysBefore = fc.integer({ min: -2, max: 15 });
  return fc.oneof(
    fc.constant(anInterview({ interviewedOn: on })),
    fc.constant(aReregistration({ reregisteredOn: on })),
    fc
      .tuple(kinds, daysBefore)
      .map(([kind, ago]) =>
        aFact('ChangeReported', { kind, changedOn: addDays(on, -ago), reportedOn: on }),
      ),
    fc
      .tuple(kinds, daysBefore)
      .map(([kind, ago]) =>
        aFact('UnreportedChangeFound', { kind, changedOn: addDays(on, -ago), foundOn: on }),
      ),
    fc.constantFrom('NYC', 'OAK').map((port) => aDeparture({ departedOn: on, port })),
    fc.constant(anUnregisteredDeparture({ departedOn: on })),
    fc.constant(anArrival({ arrivedOn: on })),
    fc.tuple(noticeId, within(20)).map(([id, within20]) =>
      aFact('IndividualNoticeServed', {
        noticeId: id,
        servedOn: on,
        appearOn: addDays(on, within20),
      }),
    ),
    noticeId.map((id) =>
      aFact('NoticeInterviewCompleted', { noticeId: id, interviewedOn: on, office: 'WAS' }),
    ),
    fc.tuple(duties, fc.option(within(60), { nil: undefined })).map(([of, lasts]) => {
      const until = lasts === undefined ? {} : { until: addDays(on, lasts + 1) };
      return aFact('ExemptionGranted', { duties: of, from: on, authority: 'invented', ...until });
    }),
    statuses.map((to) => aFact('StatusChanged', { to, changedOn: on })),
    causes(from, on),
  );
}

export function dayOf({ type, data }: SpecEvent): CivilDay {
  if (!isFactType(type)) throw new Error(`${type} has no day of its own.`);
  return legalDay(type, data as never);
}

/** A registration, perhaps a second one, and up to ten facts after it, in the order of happening. */
function stories(registeredOn: fc.Arbitrary<CivilDay>): fc.Arbitrary<readonly SpecEvent[]> {
  const registration = fc.oneof({ weight: 2, arbitrary: arrivals(registeredOn) }, callIns);
  return fc.tuple(registration, fc.option(registration)).chain(([first, second]) => {
    const from = dayOf(first);
    const facts = fc.array(
      later.chain((after) => happening(from, addDays(from, after))),
      { maxLength: 10 },
    );
    return facts.map((rest) => [first, ...(second ? [second] : []), ...rest]);
  });
}

/**
 * A plausible life of one who arrived on some such day, or came to a call-in: facts each recorded
 * some days after its own day, at an instant of its own, in the order of their recording.
 */
export function livesFrom(
  registeredOn: fc.Arbitrary<CivilDay>,
): fc.Arbitrary<readonly SpecEvent[]> {
  const delay = fc.oneof(fc.constant(0), within(200));
  return stories(registeredOn).chain((facts) =>
    fc
      .array(delay, { minLength: facts.length, maxLength: facts.length })
      .map((delays) => recordedInTurn(facts, delays)),
  );
}

export const lives = livesFrom(days);

function recordedInTurn(
  facts: readonly SpecEvent[],
  delays: readonly number[],
): readonly SpecEvent[] {
  return facts
    .map((fact, at) => ({ fact, on: addDays(dayOf(fact), delays[at] ?? 0) }))
    .toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)))
    .map(({ fact, on }, at) => ({
      ...fact,
      recordedAt: `${on}T12:00:00.${String(at).padStart(3, '0')}Z`,
    }));
}

export const presences = fc.constantFrom(
  'until-departure' as const,
  'until-admitted-until' as const,
);

/** A day to look from: after one of the facts, near an edge of the law, or any. */
function lookedFrom(life: readonly SpecEvent[]): fc.Arbitrary<CivilDay> {
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...life), fc.constantFrom(...edges))
      .map(([fact, after]) => addDays(dayOf(fact), after)),
    within(1200).map((after) => addDays('2002-09-01', after)),
    fc.constantFrom(...turningDays, '2012-01-01'),
  );
}

/** A life, and from where it is looked at. */
export const seenLives: fc.Arbitrary<{
  readonly life: readonly SpecEvent[];
  readonly view: AssessmentView;
}> = lives.chain((life) =>
  fc.record({
    life: fc.constant(life),
    view: fc.record({ on: lookedFrom(life), presence: presences, upcoming: fc.boolean() }),
  }),
);

/** Several lives that are looked at from one place, which is judged once for all of them. */
export const crowds: fc.Arbitrary<{
  readonly crowd: readonly (readonly SpecEvent[])[];
  readonly view: AssessmentView;
}> = fc
  .tuple(seenLives, fc.array(lives, { maxLength: 4 }))
  .map(([{ life, view }, others]) => ({ crowd: [life, ...others], view }));
