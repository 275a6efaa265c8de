import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { checkArrival } from './arrival-check.js';
import { policyOverview } from './overview.js';
import type { ScenarioChange } from './scenario.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

const dutiesOf = (list: readonly { duty: string }[]) => list.map(({ duty }) => duty);

describe('the policy on a day', () => {
  it('of the demo names the 25 countries, four groups, and five duties in force', () => {
    const overview = policyOverview(enactedPolicy, '2003-11-20');

    expect(overview.designatedCountries).toHaveLength(25);
    expect(overview.designatedCountries).toContainEqual({
      country: 'YE',
      name: 'Yemen',
      designations: ['group-designation-pk-sa-ye'],
      callInGroups: [2],
    });
    expect(overview.groups.map(({ group, closesOn }) => [group, closesOn])).toEqual([
      [1, '2002-12-16'],
      [2, '2003-01-10'],
      [3, '2003-03-21'],
      [4, '2003-04-25'],
    ]);
    expect(overview.groups[0]?.reopenings).toEqual([
      { opensOn: '2003-01-27', closesOn: '2003-02-07' },
    ]);
    expect(dutiesOf(overview.inForce)).toEqual([
      'arrival-registration',
      'follow-up-interview',
      'annual-reregistration',
      'change-notice',
      'departure-registration',
    ]);
    expect(overview.suspended).toEqual([]);
    expect(overview.ports.map(({ code }) => code)).not.toContain('OAK');
  });

  it('after the suspension tells what is suspended since when, and by which law', () => {
    const { inForce, suspended } = policyOverview(enactedPolicy, '2003-12-02');

    expect(dutiesOf(inForce)).not.toContain('follow-up-interview');
    expect(suspended).toEqual([
      expect.objectContaining({ duty: 'follow-up-interview', since: '2003-12-02' }),
      expect.objectContaining({
        duty: 'annual-reregistration',
        ref: 'domestic-registration-suspended',
        citation: expect.stringContaining('68 FR 67578'),
      }),
    ]);
  });

  it('lists a group that was announced and has not opened, without countries struck by then', () => {
    const groups = (day: string) => policyOverview(enactedPolicy, day).groups;

    expect(groups('2002-12-15').map(({ group }) => group)).toEqual([1, 2]);
    expect(groups('2002-12-17').at(-1)).toMatchObject({ group: 3, countries: ['AM', 'PK', 'SA'] });
    expect(groups('2002-12-18').at(-1)).toMatchObject({ group: 3, countries: ['PK', 'SA'] });
  });

  it('after the delisting holds nothing any more, and says by which law', () => {
    const overview = policyOverview(enactedPolicy, '2017-01-01');

    expect(overview).toMatchObject({
      endedBy: { ref: 'countries-delisted', effectiveOn: '2011-04-28' },
      inForce: [],
      suspended: [],
      designatedCountries: [],
      groups: [],
      criteria: [],
      ports: [],
    });
  });
});

describe('somebody who arrives', () => {
  const student = {
    day: '2003-10-23',
    nationalities: ['IR'],
    sex: 'M',
    bornOn: '1980-02-29',
    classOfAdmission: 'F1',
  } as const;

  it('must register where a designation in force fits', () => {
    const check = checkArrival(enactedPolicy, student);

    expect(check.outcome).toBe('must-register');
    expect(check.designations.map(({ ref }) => ref)).toEqual(['five-country-designation']);
    expect(dutiesOf(check.duties)).toContain('follow-up-interview');
  });

  it('may be registered at discretion where none fits', () => {
    const check = checkArrival(enactedPolicy, { ...student, nationalities: ['FR'] });

    expect(check.outcome).toBe('may-be-registered');
    expect(check.discretion[0]).toMatchObject({ ref: 'officer-discretion-authorised' });
    expect(check.discretion[0]?.criteria).toContain('earlier-overstay');
  });

  it.each([
    ['must-register', '1958-06-02', '2003-06-01'],
    ['may-be-registered', '1957-06-01', '2003-06-01'],
    ['may-be-registered', '1987-06-02', '2003-06-01'],
    ['must-register', '1987-06-01', '2003-06-01'],
  ])('from Pakistan %s as a man born on %s, by age on the day', (outcome, bornOn, day) => {
    const check = checkArrival(enactedPolicy, { ...student, nationalities: ['PK'], bornOn, day });
    expect(check.outcome).toBe(outcome);
  });

  describe('under other law', () => {
    const changed = (...changes: readonly ScenarioChange[]) => {
      const outcome = applyScenario(enactedTimeline, { name: 'x', base: 'enacted', changes });
      if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
      return outcome.policy;
    };

    it('is exempt as one of a class that is exempt from registration on arrival', () => {
      const exempted = changed({
        enact: {
          ref: 'students-exempt',
          type: 'DutyExemptionMade',
          effectiveOn: '2003-01-01',
          title: 'Students are exempt',
          citation: 'invented',
          data: { duty: 'arrival-registration', classes: ['F1'] },
        },
      });

      expect(checkArrival(exempted, student)).toMatchObject({
        outcome: 'exempt',
        because: 'Class F1 is exempt: Students are exempt (invented).',
      });
      expect(checkArrival(exempted, { ...student, classOfAdmission: 'B2' }).outcome).toBe(
        'must-register',
      );
    });

    it('is not required to where none fits and no discretion is authorised', () => {
      const strict = changed({ withdraw: 'officer-discretion-authorised' });

      expect(checkArrival(strict, { ...student, nationalities: ['FR'] })).toMatchObject({
        outcome: 'not-required',
        because: 'No designation in force fits, and no discretion is authorised.',
      });
    });
  });

  it('is exempt as a diplomat', () => {
    const check = checkArrival(enactedPolicy, { ...student, classOfAdmission: 'A1' });
    expect(check).toMatchObject({ outcome: 'exempt', designations: [], duties: [] });
  });

  it.each(['2002-09-10', '2011-04-28'])(
    'is not required to on %s, outside the programme',
    (day) => {
      expect(checkArrival(enactedPolicy, { ...student, day }).outcome).toBe('not-required');
    },
  );

  it('as crew is spared the departure registration from 2 December 2003 on', () => {
    const sparedOn = (day: string) =>
      checkArrival(enactedPolicy, { ...student, classOfAdmission: 'D1', day }).duties.find(
        ({ duty }) => duty === 'departure-registration',
      )?.exemptBy?.ref;

    expect(sparedOn('2003-12-01')).toBeUndefined();
    expect(sparedOn('2003-12-02')).toBe('crew-departure-exemption');
  });
});
