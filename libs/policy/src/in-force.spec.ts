import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { dutyPeriods } from './duty-periods.js';
import type { Duty } from './events.js';
import type { Policy } from './fold.js';
import {
  authorisationCovering,
  classExemption,
  departurePortDesignation,
  designationsMatching,
  dutyCeased,
  dutyInForce,
  dutyPeriodOn,
  dutyTerms,
} from './in-force.js';
import type { ScenarioChange, ScenarioEnactment } from './scenario.js';
import { enactedPolicy, enactedTimeline } from './timeline.js';

const enacted = enactedPolicy;
const both: readonly Duty[] = ['follow-up-interview', 'annual-reregistration'];

function changed(...changes: readonly ScenarioChange[]): Policy {
  const outcome = applyScenario(enactedTimeline, { name: 'x', base: 'enacted', changes });
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.policy;
}

function enact(effectiveOn: string, type: ScenarioEnactment['type'], data: unknown) {
  return { enact: { ref: `on-${effectiveOn}`, type, effectiveOn, data } };
}

const reinstated = enact('2004-06-01', 'DomesticRegistrationReinstated', { duties: both });
const shorter = { opensAfterDays: 30, dueAfterDays: 35 };
const newTerms = enact('2004-03-01', 'DutyEnacted', {
  duty: 'follow-up-interview',
  terms: shorter,
});

describe('a duty', () => {
  it('is in force from its effective day on, and no longer on the day of its suspension', () => {
    const on = (day: string) => dutyInForce(enacted, 'follow-up-interview', day)?.ref;
    expect(on('2002-09-10')).toBeUndefined();
    expect(on('2002-09-11')).toBe('follow-up-interview-enacted');
    expect(on('2003-12-01')).toBe('follow-up-interview-enacted');
    expect(on('2003-12-02')).toBeUndefined();
  });

  it('that was not suspended ends with the delisting', () => {
    expect(dutyPeriods(enacted, 'departure-registration')).toMatchObject([
      { from: '2002-10-01', until: '2011-04-28', endedBy: { ref: 'countries-delisted' } },
    ]);
  });

  it('that is suspended gets new terms only, where it is enacted again', () => {
    expect(dutyInForce(changed(newTerms), 'follow-up-interview', '2004-03-01')).toBeUndefined();
    expect(dutyTerms(changed(newTerms), 'follow-up-interview', '2004-03-01')?.data.terms).toEqual(
      shorter,
    );
  });

  it('is revived by its reinstatement, under the terms given to it meanwhile', () => {
    const policy = changed(newTerms, reinstated);
    expect(dutyPeriodOn(policy, 'follow-up-interview', '2004-06-01')).toMatchObject({
      from: '2004-06-01',
      until: '2011-04-28',
      revivedBy: { ref: 'on-2004-06-01' },
    });
    expect(dutyInForce(policy, 'follow-up-interview', '2004-06-01')?.data.terms).toEqual(shorter);
  });

  it('that is in force stays so without a break, where it is given new terms', () => {
    const policy = changed(
      enact('2003-03-01', 'DutyEnacted', { duty: 'follow-up-interview', terms: shorter }),
    );
    expect(dutyPeriods(policy, 'follow-up-interview')).toMatchObject([
      { from: '2002-09-11', until: '2003-12-02', enactments: [{}, {}] },
    ]);
  });

  it('that is suspended and reinstated on one day was never out of force', () => {
    const policy = changed(enact('2003-12-02', 'DomesticRegistrationReinstated', { duties: both }));
    expect(dutyPeriods(policy, 'follow-up-interview')).toMatchObject([
      { from: '2002-09-11', until: '2011-04-28' },
    ]);
  });

  it('begins anew where it is enacted after the delisting, without any end so far', () => {
    const again = { duty: 'follow-up-interview', terms: shorter };
    const policy = changed(enact('2017-01-01', 'DutyEnacted', again));
    expect(dutyPeriods(policy, 'follow-up-interview').at(-1)).toEqual({
      from: '2017-01-01',
      enactments: [expect.objectContaining({ ref: 'on-2017-01-01' })],
    });
    expect(dutyInForce(policy, 'follow-up-interview', '2030-01-01')?.ref).toBe('on-2017-01-01');
  });

  it('ends here where it moves to US-VISIT', () => {
    const policy = changed(
      enact('2004-01-05', 'DutyMovedToUsVisit', { duty: 'departure-registration' }),
    );
    expect(dutyInForce(policy, 'departure-registration', '2004-01-05')).toBeUndefined();
    expect(dutyInForce(policy, 'arrival-registration', '2004-01-05')).toBeDefined();
  });

  it('takes the terms of the first enactment for an anchor day before it, and none if there is none', () => {
    expect(dutyTerms(enacted, 'follow-up-interview', '2002-01-01')?.ref).toBe(
      'follow-up-interview-enacted',
    );
    expect(dutyTerms(enacted, 'call-in-registration', '2002-01-01')).toBeUndefined();
  });

  it('ceased on a day after the first of the days asked for and up to the last', () => {
    const ceased = (after: string, through: string) =>
      dutyCeased(enacted, 'follow-up-interview', { after, through })?.on;
    expect(ceased('2003-12-01', '2003-12-02')).toBe('2003-12-02');
    expect(ceased('2003-12-02', '2004-01-01')).toBeUndefined();
    expect(ceased('2003-11-01', '2003-12-01')).toBeUndefined();
    expect(
      dutyCeased(enacted, 'call-in-registration', { after: '2000-01-01', through: '2020-01-01' }),
    ).toBeUndefined();
  });
});

describe('a designation of arrivals', () => {
  const man = { sex: 'M' as const, bornOn: '1987-01-13', nationalities: ['FR', 'PK'] };
  const matching = (day: string, person: Parameters<typeof designationsMatching>[2] = man) =>
    designationsMatching(enacted, day, person).map(({ ref }) => ref);

  it('matches by any nationality, by sex, and by age in completed years on the day', () => {
    expect(matching('2003-01-12')).toEqual([]);
    expect(matching('2003-01-13')).toEqual(['group-designation-pk-sa-ye']);
    expect(matching('2003-01-13', { ...man, sex: 'F' })).toEqual([]);
    expect(matching('2003-01-13', { ...man, nationalities: ['FR'] })).toEqual([]);
    expect(matching('2003-01-12', { ...man, bornOn: '1957-01-13' })).toHaveLength(1);
    expect(matching('2003-01-13', { ...man, bornOn: '1957-01-13' })).toEqual([]);
  });

  it('ends with the delisting', () => {
    const iranian = { ...man, nationalities: ['IR'] };
    expect(matching('2011-04-27', iranian)).toEqual(['five-country-designation']);
    expect(matching('2011-04-28', iranian)).toEqual([]);
  });
});

describe('an authorisation of discretion', () => {
  const covers = (policy: Policy, kind: string, criteria?: readonly string[]) =>
    authorisationCovering(policy, '2003-01-01', { kind, ...(criteria && { criteria }) })?.ref;
  const lookoutsOnly = changed({
    amend: 'officer-discretion-authorised',
    set: { kinds: ['lookout'], criteria: [] },
  });

  it('covers a lookout, or discretion on at least one of its criteria', () => {
    expect(covers(enacted, 'lookout')).toBe('officer-discretion-authorised');
    expect(covers(enacted, 'officer-discretion', ['x', 'earlier-overstay'])).toBeDefined();
    expect(covers(enacted, 'officer-discretion', ['x'])).toBeUndefined();
    expect(covers(enacted, 'officer-discretion')).toBeUndefined();
    expect(covers(enacted, 'designation')).toBeUndefined();
  });

  it('to lookouts only covers no discretion', () => {
    expect(covers(lookoutsOnly, 'lookout')).toBeDefined();
    expect(covers(lookoutsOnly, 'officer-discretion', ['earlier-overstay'])).toBeUndefined();
  });

  it('for discretion only covers no lookout', () => {
    const policy = changed({
      amend: 'officer-discretion-authorised',
      set: { kinds: ['officer-discretion'] },
    });
    expect(covers(policy, 'lookout')).toBeUndefined();
  });
});

describe('a designation of ports of departure', () => {
  it('adds to those before it', () => {
    const by = (port: string, day: string) => departurePortDesignation(enacted, day, port)?.ref;
    expect(by('OAK', '2009-11-24')).toBeUndefined();
    expect(by('OAK', '2009-11-25')).toBe('departure-port-oakland');
    expect(by('BOS', '2009-11-25')).toBe('departure-ports-2002');
    expect(by('SAI', '2009-11-27')).toBeUndefined();
  });
});

describe('an exemption of a class', () => {
  const exempt = (duty: Duty, classOfAdmission: string, changeKind?: 'address' | 'employment') =>
    classExemption(enacted, '2003-12-02', {
      duty,
      classOfAdmission,
      ...(changeKind && { changeKind }),
    })?.ref;

  it('covers its duty, its classes and, where it names some, its kinds of change', () => {
    expect(exempt('change-notice', 'F1', 'address')).toBe('sevis-change-notice-exemption');
    expect(exempt('change-notice', 'F1')).toBe('sevis-change-notice-exemption');
    expect(exempt('change-notice', 'F1', 'employment')).toBeUndefined();
    expect(exempt('change-notice', 'B2', 'address')).toBeUndefined();
    expect(exempt('departure-registration', 'D1')).toBe('crew-departure-exemption');
    expect(exempt('departure-registration', 'F1')).toBeUndefined();
  });
});
