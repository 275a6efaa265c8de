import { describe, expect, it } from '@jest/globals';
import { type Duty, shippedScenarios } from '#libs/policy';
import { assessedIn, told } from './case.contract.js';

/** One life whose outcome differs in a shipped scenario. */
interface Difference {
  readonly life: string;
  readonly seen?: string;
  readonly duty: Duty;
  /** As enacted, and in the scenario: `opens..due status on day`, or `none`. */
  readonly enacted: string;
  readonly scenario: string;
}

const LATER = '2004-06-30';
const AFTER_THE_END = '2012-01-01';
const ARRIVAL = 'arrival-registration';
const CALL_IN = 'call-in-registration';
const FOLLOW_UP = 'follow-up-interview';
const ANNUAL = 'annual-reregistration';
const CHANGE = 'change-notice';
const DEPARTURE = 'departure-registration';
const NOTICE = 'notice-interview';
const NONE = 'none';

const differences: Readonly<Record<string, readonly Difference[]>> = {
  'no-suspension': [
    {
      life: 'arrived 2003-10-23',
      duty: FOLLOW_UP,
      enacted: '2003-11-22..2003-12-02 released on 2003-12-02',
      scenario: '2003-11-22..2003-12-02 untested',
    },
    {
      life: 'arrived 2003-11-10; interview 2003-12-15',
      duty: FOLLOW_UP,
      enacted: NONE,
      scenario: '2003-12-10..2003-12-20 met on 2003-12-15',
    },
    {
      life: 'arrived 2003-11-10; interview 2003-12-21',
      duty: FOLLOW_UP,
      enacted: NONE,
      scenario: '2003-12-10..2003-12-20 untested on 2003-12-21',
    },
    {
      life: 'arrived 2003-11-01; departed 2003-12-05',
      duty: FOLLOW_UP,
      enacted: '2003-12-01..2003-12-11 released on 2003-12-02',
      scenario: '2003-12-01..2003-12-11 released on 2003-12-05',
    },
    {
      life: 'called-in 2002-12-12',
      duty: ANNUAL,
      enacted: NONE,
      scenario: 'year 1: 2003-12-02..2003-12-22 untested',
    },
  ],
  'suspension-a-year-earlier': [
    {
      life: 'arrived 2002-10-23',
      duty: FOLLOW_UP,
      enacted: '2002-11-22..2002-12-02 missed',
      scenario: '2002-11-22..2002-12-02 released on 2002-12-02',
    },
    {
      life: 'arrived 2002-10-25; interview 2002-12-02',
      duty: FOLLOW_UP,
      enacted: '2002-11-24..2002-12-04 met on 2002-12-02',
      scenario: '2002-11-24..2002-12-04 released on 2002-12-02',
    },
    {
      life: 'arrived 2002-11-02; interview 2002-12-20',
      duty: FOLLOW_UP,
      enacted: '2002-12-02..2002-12-12 met-late on 2002-12-20',
      scenario: NONE,
    },
    {
      life: 'called-in 2002-11-20',
      duty: ANNUAL,
      enacted: 'year 1: 2003-11-10..2003-11-30 missed',
      scenario: NONE,
    },
  ],
  'no-call-in': [
    {
      life: 'called-in 2002-12-10',
      duty: CALL_IN,
      enacted: '2002-11-15..2002-12-16 met on 2002-12-10',
      scenario: NONE,
    },
    {
      life: 'called-in 2003-04-25 of=EG group=4',
      duty: CALL_IN,
      enacted: '2003-02-24..2003-04-25 met on 2003-04-25',
      scenario: NONE,
    },
    {
      life: 'called-in 2002-11-20',
      duty: ANNUAL,
      enacted: 'year 1: 2003-11-10..2003-11-30 missed',
      scenario: NONE,
    },
    {
      life: 'called-in 2002-12-10; left 2003-06-01',
      duty: DEPARTURE,
      enacted: '2003-06-01..2003-06-01 missed',
      scenario: NONE,
    },
  ],
  'no-extension': [
    {
      life: 'called-in 2003-02-22 of=PK group=3',
      duty: CALL_IN,
      enacted: '2003-01-13..2003-03-21 met on 2003-02-22',
      scenario: '2003-01-13..2003-02-21 untested on 2003-02-22',
    },
    {
      life: 'called-in 2003-04-25 of=EG group=4',
      duty: CALL_IN,
      enacted: '2003-02-24..2003-04-25 met on 2003-04-25',
      scenario: '2003-02-24..2003-03-28 untested on 2003-04-25',
    },
    {
      life: 'called-in 2003-03-22 of=SA group=3',
      duty: CALL_IN,
      enacted: '2003-01-13..2003-03-21 met-late on 2003-03-22',
      scenario: '2003-01-13..2003-02-21 met-late on 2003-03-22',
    },
  ],
  'no-reopening': [
    {
      life: 'called-in 2003-01-27',
      duty: CALL_IN,
      enacted: '2002-11-15..2002-12-16 met on 2003-01-27',
      scenario: '2002-11-15..2002-12-16 met-late on 2003-01-27',
    },
    {
      life: 'called-in 2003-02-07 of=MA group=2',
      duty: CALL_IN,
      enacted: '2002-12-02..2003-01-10 met on 2003-02-07',
      scenario: '2002-12-02..2003-01-10 met-late on 2003-02-07',
    },
    {
      life: 'called-in 2003-02-03 of=PK+IR group=3',
      duty: CALL_IN,
      enacted: '2002-11-15..2002-12-16 met on 2003-02-03',
      scenario: '2002-11-15..2002-12-16 met-late on 2003-02-03',
    },
  ],
  'armenia-stays': [
    {
      life: 'called-in 2003-02-18 of=AM group=3',
      duty: CALL_IN,
      enacted: NONE,
      scenario: '2003-01-13..2003-02-21 met on 2003-02-18',
    },
    {
      life: 'called-in 2003-04-01 of=AM group=3',
      duty: CALL_IN,
      enacted: NONE,
      scenario: '2003-01-13..2003-03-21 untested on 2003-04-01',
    },
    {
      life: 'called-in 2003-02-18 of=AM group=3; left 2003-06-01',
      duty: DEPARTURE,
      enacted: NONE,
      scenario: '2003-06-01..2003-06-01 untested',
    },
    {
      life: 'called-in 2003-02-18 of=AM group=3; reported 2003-03-05 kind=school changed=2003-03-01',
      duty: CHANGE,
      enacted: NONE,
      scenario: 'school: 2003-03-01..2003-03-11 met on 2003-03-05',
    },
  ],
  'five-countries-only': [
    {
      life: 'arrived 2003-05-01 of=PK',
      duty: ARRIVAL,
      enacted: '2003-05-01..2003-05-01 met on 2003-05-01',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-05-01 of=SA',
      duty: FOLLOW_UP,
      enacted: '2003-05-31..2003-06-10 missed',
      scenario: NONE,
    },
    {
      life: 'called-in 2003-02-01 of=MA group=2',
      duty: CALL_IN,
      enacted: '2002-12-02..2003-01-10 met on 2003-02-01',
      scenario: NONE,
    },
    {
      life: 'called-in 2003-02-01 of=PK group=3; left 2003-05-01',
      duty: DEPARTURE,
      enacted: '2003-05-01..2003-05-01 missed',
      scenario: NONE,
    },
  ],
  'delisted-with-us-visit': [
    {
      life: 'arrived 2004-01-05',
      duty: ARRIVAL,
      enacted: '2004-01-05..2004-01-05 met on 2004-01-05',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-06-01; left 2004-01-05',
      duty: DEPARTURE,
      enacted: '2004-01-05..2004-01-05 missed',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-06-01 class=H1B; found 2004-02-01 kind=address changed=2004-01-04',
      duty: CHANGE,
      enacted: 'address: 2004-01-04..2004-01-14 missed',
      scenario: 'address: 2004-01-04..2004-01-14 released on 2004-01-05',
    },
    {
      life: 'arrived 2003-06-01; notice 2004-01-02 appear=2004-01-20; appeared 2004-01-20',
      duty: NOTICE,
      enacted: '2004-01-02..2004-01-20 met on 2004-01-20',
      scenario: '2004-01-02..2004-01-20 released on 2004-01-05',
    },
  ],
  'never-delisted': [
    {
      life: 'arrived 2011-04-28',
      seen: AFTER_THE_END,
      duty: ARRIVAL,
      enacted: NONE,
      scenario: '2011-04-28..2011-04-28 met on 2011-04-28',
    },
    {
      life: 'arrived 2011-01-10; left 2011-05-01',
      seen: AFTER_THE_END,
      duty: DEPARTURE,
      enacted: NONE,
      scenario: '2011-05-01..2011-05-01 untested',
    },
    {
      life: 'arrived 2011-01-10; notice 2011-04-20 appear=2011-05-10',
      seen: AFTER_THE_END,
      duty: NOTICE,
      enacted: '2011-04-20..2011-05-10 released on 2011-04-28',
      scenario: '2011-04-20..2011-05-10 untested',
    },
    {
      life: 'arrived 2011-01-10; reported 2011-05-20 kind=employment changed=2011-05-01',
      seen: AFTER_THE_END,
      duty: CHANGE,
      enacted: NONE,
      scenario: 'employment: 2011-05-01..2011-05-11 untested on 2011-05-20',
    },
  ],
  'students-exempt-from-the-start': [
    {
      life: 'arrived 2003-06-01 class=F1; reported 2003-07-12 kind=address changed=2003-07-10',
      duty: CHANGE,
      enacted: 'address: 2003-07-10..2003-07-20 met on 2003-07-12',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-06-01 class=M2; found 2003-08-12 kind=school changed=2003-07-10',
      duty: CHANGE,
      enacted: 'school: 2003-07-10..2003-07-20 missed',
      scenario: NONE,
    },
    {
      life: 'called-in 2002-12-10 class=J1; reported 2003-02-01 kind=school changed=2002-12-20',
      duty: CHANGE,
      enacted: 'school: 2002-12-20..2002-12-30 met-late on 2003-02-01',
      scenario: NONE,
    },
  ],
  'sixty-day-follow-up': [
    {
      life: 'arrived 2003-06-01; interview 2003-07-31',
      duty: FOLLOW_UP,
      enacted: '2003-07-01..2003-07-11 met-late on 2003-07-31',
      scenario: '2003-07-01..2003-07-31 met on 2003-07-31',
    },
    {
      life: 'arrived 2003-06-01',
      seen: '2003-07-31',
      duty: FOLLOW_UP,
      enacted: '2003-07-01..2003-07-11 missed',
      scenario: '2003-07-01..2003-07-31 open',
    },
    {
      life: 'arrived 2003-06-01; departed 2003-07-20',
      duty: FOLLOW_UP,
      enacted: '2003-07-01..2003-07-11 missed',
      scenario: '2003-07-01..2003-07-31 released on 2003-07-20',
    },
    {
      life: 'arrived 2003-10-10',
      duty: FOLLOW_UP,
      enacted: '2003-11-09..2003-11-19 missed',
      scenario: '2003-11-09..2003-12-09 released on 2003-12-02',
    },
  ],
  'no-discretion': [
    {
      life: 'arrived 2003-05-01 of=FR discretion=earlier-overstay',
      duty: ARRIVAL,
      enacted: '2003-05-01..2003-05-01 met on 2003-05-01',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-05-01 of=FR discretion=intelligence-profile',
      duty: FOLLOW_UP,
      enacted: '2003-05-31..2003-06-10 missed',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-05-01 of=EG discretion=information-given; left 2003-09-01',
      duty: DEPARTURE,
      enacted: '2003-09-01..2003-09-01 missed',
      scenario: NONE,
    },
  ],
  'no-departure-duty': [
    {
      life: 'arrived 2003-05-01; left 2003-09-01',
      duty: DEPARTURE,
      enacted: '2003-09-01..2003-09-01 missed',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-05-01; departed 2003-09-01 port=OAK',
      duty: DEPARTURE,
      enacted: '2003-09-01..2003-09-01 missed',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-05-01; departed 2003-09-01',
      duty: DEPARTURE,
      enacted: '2003-09-01..2003-09-01 met on 2003-09-01',
      scenario: NONE,
    },
  ],
  'moved-into-us-visit': [
    {
      life: 'arrived 2004-01-05',
      duty: ARRIVAL,
      enacted: '2004-01-05..2004-01-05 met on 2004-01-05',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-06-01; left 2004-02-01',
      duty: DEPARTURE,
      enacted: '2004-02-01..2004-02-01 missed',
      scenario: NONE,
    },
    {
      life: 'arrived 2003-06-01 class=H1B; found 2004-02-01 kind=address changed=2004-01-04',
      duty: CHANGE,
      enacted: 'address: 2004-01-04..2004-01-14 missed',
      scenario: 'address: 2004-01-04..2004-01-14 released on 2004-01-05',
    },
    {
      life: 'arrived 2003-06-01; notice 2004-01-02 appear=2004-01-05',
      duty: NOTICE,
      enacted: '2004-01-02..2004-01-05 missed',
      scenario: '2004-01-02..2004-01-05 released on 2004-01-05',
    },
  ],
};

function comesTo({ life, seen = LATER, duty }: Difference, scenario?: string): string {
  const { obligations } = assessedIn({ life, seen, ...(scenario && { scenario }) });
  return obligations.filter((own) => own.duty === duty).map(told)[0] ?? NONE;
}

describe('the shipped scenarios', () => {
  it('each have three cases here at least', () => {
    expect(Object.keys(differences).toSorted()).toEqual(
      shippedScenarios.map(({ name }) => name).toSorted(),
    );
    for (const cases of Object.values(differences)) {
      expect(cases.length).toBeGreaterThanOrEqual(3);
      for (const { enacted, scenario } of cases) expect(scenario).not.toBe(enacted);
    }
  });

  const rows = Object.entries(differences).flatMap(([name, cases]) =>
    cases.map((difference) => ({ name, ...difference })),
  );
  it.each(rows)('$name: $life: $duty $enacted, there $scenario', ({ name, ...difference }) => {
    expect(comesTo(difference)).toBe(difference.enacted);
    expect(comesTo(difference, name)).toBe(difference.scenario);
  });
});
