import { describe, expect, it } from '@jest/globals';
import { enactedTimeline, foldPolicy } from '#libs/policy';
import { anArrival, anInterview, recorded, SPEC_REGISTRANT } from '#libs/spec';
import { explain } from './explain.js';

const enacted = foldPolicy(enactedTimeline);
const noSuspension = foldPolicy(
  enactedTimeline.filter(({ ref }) => ref !== 'domestic-registration-suspended'),
);
const noDesignation = foldPolicy(
  enactedTimeline.filter(({ ref }) => ref !== 'five-country-designation'),
);
const view = { on: '2003-12-05', presence: 'until-departure' } as const;
const subject = {
  registrantId: SPEC_REGISTRANT,
  events: recorded(`registrant-${SPEC_REGISTRANT}`, [anArrival({ arrivedOn: '2003-10-23' })]),
};

describe('an explanation', () => {
  it('names the policy event by which an obligation differs in the scenario', () => {
    const { obligations, law } = explain(subject, { enacted, scenario: noSuspension }, view);
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

  it('says of what hung on a withdrawn designation that the designation makes the difference', () => {
    const { obligations, facts } = explain(subject, { enacted, scenario: noDesignation }, view);
    expect(obligations.map(({ scenario }) => scenario)).toEqual([undefined, undefined]);
    for (const { differsBy } of obligations)
      expect(differsBy).toEqual(['five-country-designation']);
    expect(facts[0]).toMatchObject({ type: 'ArrivalRegistered', unneededIn: ['scenario'] });
  });

  it('shows the enacted world alone where no scenario is given', () => {
    const withInterview = {
      ...subject,
      events: recorded(`registrant-${SPEC_REGISTRANT}`, [
        anArrival({ arrivedOn: '2003-09-01' }),
        anInterview({ interviewedOn: '2003-10-05' }),
      ]),
    };
    const { obligations, facts } = explain(withInterview, { enacted }, view);
    expect(obligations.map(({ enacted: here }) => here?.status)).toEqual(['met', 'met']);
    expect(
      obligations.every(({ scenario, differsBy }) => !scenario && differsBy.length === 0),
    ).toBe(true);
    expect(facts.every(({ unneededIn }) => unneededIn.length === 0)).toBe(true);
  });
});
