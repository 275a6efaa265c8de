import { describe, expect, it } from '@jest/globals';
import type { CivilDay } from '#libs/kernel';
import { enactedTimeline, foldPolicy, type Policy, type PolicyRecord } from '#libs/policy';
import type { Person } from '#libs/registry';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  recorded,
  SPEC_REGISTRANT,
  type SpecEvent,
} from '#libs/spec';
import { assess } from './assess.js';

/** A status, with the day of the satisfaction where it matters; `none`: no obligation of that duty. */
type Expected = string;

interface Row {
  readonly given: string;
  readonly events: readonly SpecEvent[];
  readonly duty: string;
  readonly under?: Policy;
  readonly on?: CivilDay;
  /** Due day or satisfying day after the status: `missed due 2003-12-01`. */
  readonly expected: readonly Expected[];
  readonly unneeded?: number;
}

const enacted = foldPolicy(enactedTimeline);

function without(...refs: readonly string[]): Policy {
  return foldPolicy(enactedTimeline.filter(({ ref }) => !refs.includes(ref)));
}

function amended(ref: string, change: (record: PolicyRecord) => PolicyRecord): Policy {
  return foldPolicy(
    enactedTimeline.map((record) => (record.ref === ref ? change(record) : record)),
  );
}

const owedOnTheDay = amended('domestic-registration-suspended', (record) =>
  record.type === 'DomesticRegistrationSuspended'
    ? { ...record, data: { ...record.data, deadlineOnEffectiveDay: 'owed' } }
    : record,
);

const within32Days = amended('follow-up-interview-enacted', (record) =>
  record.type === 'DutyEnacted'
    ? { ...record, data: { ...record.data, terms: { opensAfterDays: 30, dueAfterDays: 32 } } }
    : record,
);

function man(country: string, bornOn = '1970-06-01'): Person {
  return { sex: 'M', bornOn, nationalities: [country] };
}

function inGroup(group: number, registeredOn: CivilDay, person: Person): SpecEvent {
  return aCallIn({ registeredOn, group, person });
}

function addressChange(changedOn: CivilDay, reportedOn: CivilDay): SpecEvent {
  return aFact('ChangeReported', { kind: 'address', changedOn, reportedOn, usState: 'NY' });
}

const followUp: readonly Row[] = [
  {
    given: 'arrival 2003-10-22, no interview',
    events: [anArrival({ arrivedOn: '2003-10-22' })],
    duty: 'follow-up-interview',
    expected: ['missed due 2003-12-01'],
  },
  {
    given: 'arrival 2003-10-22, interview on 2003-12-10',
    events: [anArrival({ arrivedOn: '2003-10-22' }), anInterview({ interviewedOn: '2003-12-10' })],
    duty: 'follow-up-interview',
    expected: ['met-late due 2003-12-01'],
  },
  {
    given: 'arrival 2003-10-23, no interview',
    events: [anArrival({ arrivedOn: '2003-10-23' })],
    duty: 'follow-up-interview',
    expected: ['released due 2003-12-02'],
  },
  {
    given: 'the same, a deadline on the effective day still owed',
    events: [anArrival({ arrivedOn: '2003-10-23' })],
    duty: 'follow-up-interview',
    under: owedOnTheDay,
    expected: ['untested due 2003-12-02'],
  },
  {
    given: 'arrival 2003-11-02, no interview: the window would open on the day the duty ceased',
    events: [anArrival({ arrivedOn: '2003-11-02' })],
    duty: 'follow-up-interview',
    expected: [],
  },
  {
    given: 'the window shortened to 32 days, interview on day 38',
    events: [anArrival({ arrivedOn: '2003-01-10' }), anInterview({ interviewedOn: '2003-02-17' })],
    duty: 'follow-up-interview',
    under: within32Days,
    expected: ['untested due 2003-02-11'],
  },
];

const annual: readonly Row[] = [
  ...(
    [
      ['2002-11-21', ['missed due 2003-12-01']],
      ['2002-11-22', ['released due 2003-12-02']],
      ['2002-12-11', ['released due 2003-12-21']],
      ['2002-12-12', []],
    ] as const
  ).map(([registeredOn, expected]): Row => ({
    given: `registered at call-in ${registeredOn}, still there, no re-registration`,
    events: [inGroup(1, registeredOn, man('IR'))],
    duty: 'annual-reregistration',
    expected,
  })),
  {
    given: 'anchor 2004-02-29, suspension and delisting withdrawn',
    events: [anArrival({ arrivedOn: '2004-02-29' })],
    duty: 'annual-reregistration',
    under: without('domestic-registration-suspended', 'countries-delisted', 'regulation-removed'),
    on: '2009-01-01',
    expected: [
      'untested due 2005-03-10',
      'untested due 2006-03-10',
      'untested due 2007-03-10',
      'untested due 2008-03-10',
    ],
  },
];

const callIn: readonly Row[] = [
  ...(
    [
      [1, 'IR', '2002-12-16', 'met due 2002-12-16'],
      [1, 'IR', '2003-01-05', 'met-late due 2002-12-16'],
      [1, 'IR', '2003-02-01', 'met due 2002-12-16'],
      [3, 'PK', '2003-03-21', 'met due 2003-03-21'],
      [3, 'PK', '2003-03-22', 'met-late due 2003-03-21'],
      [4, 'EG', '2003-04-25', 'met due 2003-04-25'],
    ] as const
  ).map(([group, country, registeredOn, expected]): Row => ({
    given: `group ${String(group)}, registered ${registeredOn}`,
    events: [inGroup(group, registeredOn, man(country))],
    duty: 'call-in-registration',
    expected: [expected],
  })),
  {
    given: 'group 3 with the extension withdrawn, registered 2003-03-21',
    events: [inGroup(3, '2003-03-21', man('PK'))],
    duty: 'call-in-registration',
    under: without('group-3-extended'),
    expected: ['untested due 2003-02-21 on 2003-03-21'],
  },
  {
    given:
      'group 1, registered 2003-02-01, the reopening withdrawn: asked for 2002-12-16, not kept',
    events: [inGroup(1, '2003-02-01', man('IR'))],
    duty: 'call-in-registration',
    under: without('groups-1-2-reopened'),
    expected: ['met-late due 2002-12-16'],
  },
  {
    given: 'Pakistani man born 1987-01-13',
    events: [inGroup(3, '2003-02-01', man('PK', '1987-01-13'))],
    duty: 'call-in-registration',
    expected: ['met due 2003-02-21'],
  },
  {
    given: 'Pakistani man born 1987-01-14',
    events: [inGroup(3, '2003-02-01', man('PK', '1987-01-14'))],
    duty: 'call-in-registration',
    expected: [],
    unneeded: 1,
  },
  ...['2002-12-17', '2003-01-13', '2003-02-20', '2003-04-01'].map((registeredOn): Row => ({
    given: `Armenian man, registered ${registeredOn}`,
    events: [inGroup(3, registeredOn, man('AM'))],
    duty: 'call-in-registration',
    expected: [],
    unneeded: 1,
  })),
  {
    given: 'Armenian man where Armenia stays',
    events: [inGroup(3, '2003-02-20', man('AM'))],
    duty: 'call-in-registration',
    under: without('armenia-rescinded'),
    expected: ['met due 2003-03-21'],
  },
];

const changesAndDepartures: readonly Row[] = [
  {
    given: 'registered at call-in 2002-12-16, address change on 2002-11-20',
    events: [addressChange('2002-11-20', '2002-11-25'), inGroup(1, '2002-12-16', man('IR'))],
    duty: 'change-notice',
    expected: [],
    unneeded: 1,
  },
  {
    given: 'address change of an F1 student 2003-12-01, reported 20 days later',
    events: [anArrival({ arrivedOn: '2003-09-01' }), addressChange('2003-12-01', '2003-12-21')],
    duty: 'change-notice',
    expected: ['met-late due 2003-12-11'],
  },
  {
    given: 'address change of an F1 student 2003-12-02, reported 20 days later',
    events: [anArrival({ arrivedOn: '2003-09-01' }), addressChange('2003-12-02', '2003-12-22')],
    duty: 'change-notice',
    expected: [],
    unneeded: 1,
  },
  {
    given: 'departure 2002-09-30 unregistered',
    events: [
      anArrival({ arrivedOn: '2002-09-15' }),
      anUnregisteredDeparture({ departedOn: '2002-09-30' }),
    ],
    duty: 'departure-registration',
    expected: [],
  },
  {
    given: 'departure 2002-10-01 unregistered',
    events: [
      anArrival({ arrivedOn: '2002-09-15' }),
      anUnregisteredDeparture({ departedOn: '2002-10-01' }),
    ],
    duty: 'departure-registration',
    expected: ['missed due 2002-10-01'],
  },
  {
    given: 'departure confirmed at a designated port',
    events: [anArrival({ arrivedOn: '2002-09-15' }), aDeparture({ departedOn: '2002-10-01' })],
    duty: 'departure-registration',
    expected: ['met due 2002-10-01'],
  },
  {
    given: 'an arrival on 2011-04-28, in a file',
    events: [anArrival({ arrivedOn: '2011-04-28' })],
    duty: 'arrival-registration',
    on: '2012-01-01',
    expected: [],
    unneeded: 1,
  },
  {
    given: 'an arrival on 2011-04-27',
    events: [anArrival({ arrivedOn: '2011-04-27' })],
    duty: 'arrival-registration',
    on: '2012-01-01',
    expected: ['met due 2011-04-27'],
  },
];

describe('the boundaries that must come out exactly', () => {
  it.each([...followUp, ...annual, ...callIn, ...changesAndDepartures])(
    '$given: $duty $expected',
    ({ events, duty, under, on = '2004-06-30', expected, unneeded = 0 }) => {
      const subject = {
        registrantId: SPEC_REGISTRANT,
        events: recorded(`registrant-${SPEC_REGISTRANT}`, events),
      };
      const world = under ? { policy: under, recorded: enacted } : { policy: enacted };
      const assessment = assess(subject, world, { on, presence: 'until-departure' });
      const found = assessment.obligations
        .filter((obligation) => obligation.duty === duty)
        .map(({ status, dueOn, satisfiedOn }) => {
          const told = `${status} due ${dueOn}`;
          return status === 'untested' && satisfiedOn && duty === 'call-in-registration'
            ? `${told} on ${satisfiedOn}`
            : told;
        });
      expect(found).toEqual(expected);
      expect(assessment.unneeded).toHaveLength(unneeded);
    },
  );
});
