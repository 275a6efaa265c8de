import { describe, expect, it } from '@jest/globals';
import {
  applyScenario,
  enactedPolicy,
  enactedTimeline,
  findShippedScenario,
  foldPolicy,
  type PolicyLogEntry,
  type ScenarioChange,
} from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  anArrival,
  anInterview,
  recorded,
  SPEC_REGISTRANT,
  type SpecEvent,
  specStream,
} from '#libs/spec';
import { explain, type ExplanationView, type NamedPolicy } from './explain.js';

const view: ExplanationView = {
  on: '2003-12-05',
  presence: 'until-departure',
  observedUntil: '2003-12-01',
};
const student = anArrival({ arrivedOn: '2003-10-23' });

function world(...changes: readonly ScenarioChange[]): NamedPolicy {
  const outcome = applyScenario(enactedTimeline, { name: 'mine', base: 'enacted', changes });
  if (!('policy' in outcome)) throw new Error(JSON.stringify(outcome.issues));
  return { name: 'mine', ...outcome };
}

function shipped(name: string): NamedPolicy {
  const scenario = findShippedScenario(name);
  if (!scenario) throw new Error(`There is no ${name}.`);
  const outcome = applyScenario(enactedTimeline, scenario);
  if (!('policy' in outcome)) throw new Error(JSON.stringify(outcome.issues));
  return { name, ...outcome };
}

function explained(
  events: readonly SpecEvent[],
  scenario?: NamedPolicy,
  seen: Partial<ExplanationView> = {},
) {
  const subject = { registrantId: SPEC_REGISTRANT, events: recorded(specStream, events) };
  const policies = { enacted: enactedPolicy, ...(scenario && { scenario }) };
  return explain(subject, policies, { ...view, ...seen });
}

/** By duty and year, what makes the difference. */
function makers({ obligations }: ReturnType<typeof explained>) {
  return Object.fromEntries(
    obligations.map(({ enacted, scenario, differsBy }) => {
      const { duty = '', year = '' } = enacted ?? scenario ?? {};
      return [`${duty}${year}`, differsBy];
    }),
  );
}

describe('an explanation', () => {
  it('names the policy event by which an obligation differs in the scenario', () => {
    const { obligations, law } = explained([student], shipped('no-suspension'));
    const followUp = obligations.find(({ enacted: here }) => here?.duty === 'follow-up-interview');
    expect(followUp?.enacted?.status).toBe('released');
    expect(followUp?.scenario?.status).toBe('untested');
    expect(followUp?.differsBy).toEqual(['domestic-registration-suspended']);
    expect(law).toContainEqual({
      ref: 'domestic-registration-suspended',
      citation: '68 FR 67578',
      verified: true,
      title: expect.stringContaining('suspended'),
      effectiveOn: '2003-12-02',
    });
  });

  it('says of what was moved to its own day that it counts as always known', () => {
    const ref = 'domestic-registration-suspended';
    const moved = world({ move: ref, effectiveOn: '2003-12-02' });
    const arrival = anArrival({ arrivedOn: '2003-10-25' });
    const explanation = explained([arrival], moved, { on: '2003-11-20' });

    expect(explanation.changes).toMatchObject([{ ref, change: 'moved', from: '2003-12-02' }]);
    expect(makers(explanation)).toMatchObject({ 'annual-reregistration1': [ref] });
  });

  it('shows the enacted world alone where no scenario is given', () => {
    const { obligations, facts, worlds, changes } = explained([
      anArrival({ arrivedOn: '2003-09-01' }),
      anInterview({ interviewedOn: '2003-10-05' }),
    ]);
    expect(obligations.map(({ enacted }) => enacted?.status)).toEqual(['met', 'met']);
    expect(
      obligations.every(({ scenario, differsBy }) => !scenario && differsBy.length === 0),
    ).toBe(true);
    expect(facts.every(({ unneededIn }) => unneededIn.length === 0)).toBe(true);
    expect(worlds).toEqual([
      { scenario: 'enacted', policyHash: enactedPolicy.hash, warnings: [], unneeded: 0 },
    ]);
    expect(changes).toEqual([]);
  });

  it('says from where it looks, and what of the policy the scenario changes', () => {
    const scenario = world(
      { withdraw: 'groups-1-2-reopened' },
      { move: 'group-3-extended', effectiveOn: '2003-02-20' },
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 60 } },
      {
        enact: {
          ref: 'france',
          type: 'ArrivalDesignationMade',
          effectiveOn: '2003-10-01',
          data: { designation: 'france', countries: ['FR'] },
        },
      },
    );
    const explanation = explained([student], scenario);

    expect(explanation).toMatchObject({
      registrantId: SPEC_REGISTRANT,
      on: '2003-12-05',
      knownAt: null,
      observedUntil: '2003-12-01',
      assumptions: { presence: 'until-departure', notes: [] },
      worlds: [{ scenario: 'enacted' }, { scenario: 'mine', policyHash: scenario.policy.hash }],
    });
    expect(explanation.changes).toEqual([
      { ref: 'follow-up-interview-enacted', change: 'amended', effectiveOn: '2002-09-11' },
      { ref: 'groups-1-2-reopened', change: 'withdrawn', effectiveOn: '2003-01-27' },
      {
        ref: 'group-3-extended',
        change: 'moved',
        effectiveOn: '2003-02-20',
        from: '2003-02-19',
      },
      { ref: 'france', change: 'enacted', effectiveOn: '2003-10-01' },
    ]);
    expect(explanation.obligations.flatMap(({ differsBy }) => differsBy)).toContain(
      'follow-up-interview-enacted',
    );
  });

  it('says of what hung on a withdrawn designation that the designation makes the difference', () => {
    const scenario = world(
      { withdraw: 'five-country-designation' },
      { withdraw: 'call-in-group-4' },
      { withdraw: 'group-4-extended' },
    );
    const explanation = explained([anArrival({ arrivedOn: '2003-09-01' })], scenario);
    const designation = ['five-country-designation'];

    expect(makers(explanation)).toEqual({
      'arrival-registration': designation,
      'follow-up-interview': designation,
    });
    expect(explanation.facts).toMatchObject([
      { type: 'ArrivalRegistered', unneededIn: ['scenario'] },
    ]);
  });

  it('says of what hung on a call-in that its announcement makes the difference', () => {
    const explanation = explained(
      [aCallIn({ registeredOn: '2002-11-20' })],
      shipped('no-call-in'),
      {
        on: '2003-12-01',
      },
    );

    expect(makers(explanation)).toEqual({
      'call-in-registration': ['call-in-group-1'],
      'annual-reregistration1': ['call-in-group-1'],
      'annual-reregistration2': ['call-in-group-1'],
    });
  });

  it('leaves out what a scenario changes beside it', () => {
    const person = { sex: 'M', bornOn: '1975-03-14', nationalities: ['PK'] } as const;
    const arrival = anArrival({ arrivedOn: '2003-09-01', person });

    expect(makers(explained([arrival], shipped('five-countries-only')))).toEqual({
      'arrival-registration': ['group-designation-pk-sa-ye'],
      'follow-up-interview': ['group-designation-pk-sa-ye'],
    });
  });

  it('names several changes where only together they make the difference', () => {
    const scenario = world(
      { withdraw: 'domestic-registration-suspended' },
      { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 41 } },
      { withdraw: 'crew-departure-exemption' },
    );

    expect(makers(explained([student], scenario))['follow-up-interview']).toEqual([
      'follow-up-interview-enacted',
      'domestic-registration-suspended',
    ]);
  });

  it('names each change that makes the difference by itself', () => {
    const exemption = (ref: string) => ({
      enact: {
        ref,
        type: 'DutyExemptionMade' as const,
        effectiveOn: '2003-10-01',
        data: { duty: 'follow-up-interview', classes: ['F1'] },
      },
    });
    const scenario = world(exemption('one'), exemption('two'));

    expect(makers(explained([student], scenario))['follow-up-interview']).toEqual(['one', 'two']);
  });

  it('names all changes where none makes the difference alone and none is needed', () => {
    const designation = (ref: string) => ({
      enact: {
        ref,
        type: 'ArrivalDesignationMade' as const,
        effectiveOn: '2003-10-01',
        data: { designation: ref, countries: ['FR'] },
      },
    });
    const ports = (ref: string) => ({
      enact: {
        ref,
        type: 'DeparturePortsDesignated' as const,
        effectiveOn: '2003-10-01',
        data: { ports: ['OAK'] },
      },
    });
    const changes = [designation('a'), designation('b'), ports('c'), ports('d')];
    const person = { sex: 'F', bornOn: '1975-03-14', nationalities: ['FR'] } as const;
    const explanation = explained(
      [
        anArrival({ arrivedOn: '2003-10-23', person }),
        aDeparture({ departedOn: '2003-11-01', port: 'OAK' }),
      ],
      world(...changes),
    );

    expect(makers(explanation)['departure-registration']).toEqual(['a', 'b', 'c', 'd']);
  });

  it('tries no more changes than anybody waits for', () => {
    const milestone = (nth: number) => ({
      enact: {
        ref: `milestone-${nth}`,
        type: 'MilestoneNoted' as const,
        effectiveOn: '2003-10-01',
        data: {},
      },
    });
    const many = Array.from({ length: 100 }, (_, nth) => milestone(nth));
    const withdrawal = { withdraw: 'domestic-registration-suspended' };
    const explanation = explained([student], world(withdrawal, ...many));

    expect(makers(explanation)['follow-up-interview']).toHaveLength(101);
  });

  it('keeps a corrected record corrected where only another change is tried', () => {
    const [first] = enactedTimeline.filter(({ ref }) => ref === 'follow-up-interview-enacted');
    if (first?.type !== 'DutyEnacted') throw new Error('The timeline has lost its interview.');
    const { ref, type: _type, known: _known, ...body } = first;
    const terms = { ...first.data.terms, dueAfterDays: 39 };
    const correction: PolicyLogEntry = {
      type: 'PolicyRecordCorrected',
      ref,
      corrected: { ...body, data: { ...first.data, terms } },
      reason: 'A slip',
      known: '2003-11-20T00:00:00.000Z',
    };
    const log = [...enactedTimeline, correction];
    const applied = applyScenario(log, {
      name: 'mine',
      base: 'enacted',
      changes: [
        { withdraw: 'domestic-registration-suspended' },
        { amend: 'follow-up-interview-enacted', set: { 'terms.opensAfterDays': 29 } },
      ],
    });
    if (!('policy' in applied)) throw new Error('The scenario cannot be applied.');
    const subject = { registrantId: SPEC_REGISTRANT, events: recorded(specStream, [student]) };
    const policies = { enacted: foldPolicy(log), scenario: { name: 'mine', ...applied } };
    const explanation = explain(subject, policies, view);
    const followUp = explanation.obligations.find(({ enacted }) => enacted?.dueOn === '2003-12-01');

    expect(followUp?.enacted).toMatchObject({ status: 'missed', opensOn: '2003-11-22' });
    expect(followUp?.scenario).toMatchObject({ status: 'missed', opensOn: '2003-11-21' });
    expect(followUp?.differsBy).toEqual(['follow-up-interview-enacted']);
  });

  it('rests on what was known: of a later scenario change nothing is left', () => {
    const knownAt = '2003-11-30T00:00:00.000Z';
    const explanation = explained([student], shipped('no-suspension'), { knownAt });

    expect(explanation.knownAt).toBe(knownAt);
    expect(explanation.changes).toEqual([]);
    const [here, there] = explanation.worlds;
    expect(here?.policyHash).toBe(there?.policyHash);
    expect(makers(explanation)['follow-up-interview']).toEqual([]);
    expect(explained([student], undefined, { knownAtAsked: 'position:7' }).knownAt).toBe(
      'position:7',
    );
  });

  it('shows what lies ahead', () => {
    const { obligations } = explained([student], undefined, { on: '2003-11-01' });
    expect(obligations.map(({ enacted }) => enacted?.status)).toEqual([
      'met',
      'upcoming',
      'upcoming',
    ]);
  });
});
