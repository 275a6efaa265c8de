import { commandForEvent, type PolicyCommand, type PolicyCommandName } from './commands.js';
import { enactedTimeline } from './timeline.js';

type PolicyBodies = {
  readonly [Name in PolicyCommandName]: Extract<PolicyCommand, { readonly type: Name }>['data'];
};

const invented: readonly PolicyCommand[] = [
  {
    type: 'ReinstateDomesticRegistration',
    data: {
      ref: 'domestic-registration-reinstated',
      title: 'An invented reinstatement of the two periodic duties',
      authority: 'DHS',
      citation: 'invented, for the sake of example',
      publishedOn: '2004-06-01',
      effectiveOn: '2004-06-01',
      verified: false,
      data: { duties: ['follow-up-interview', 'annual-reregistration'] },
    },
  },
  {
    type: 'MoveDutyToUsVisit',
    data: {
      ref: 'departure-registration-moved-to-us-visit',
      title: 'An invented move of departure registration into US-VISIT',
      authority: 'DHS',
      citation: 'invented, for the sake of example',
      publishedOn: '2004-01-05',
      effectiveOn: '2004-01-05',
      verified: false,
      data: { duty: 'departure-registration' },
    },
  },
];

const clerical: readonly PolicyCommand[] = [
  {
    type: 'CorrectPolicyRecord',
    data: {
      ref: 'annual-reregistration-enacted',
      corrected: {
        title: 'Re-registration within 10 days of each anniversary',
        authority: 'DOJ',
        citation: '67 FR 52584; 8 CFR 264.1(f)(5)',
        publishedOn: '2002-08-12',
        effectiveOn: '2002-09-11',
        verified: true,
        data: {
          duty: 'annual-reregistration',
          terms: { daysBefore: 10, daysAfter: 10, leapDayAnniversary: '02-28' },
        },
      },
      reason: 'The citation left out the paragraph of the regulation.',
    },
  },
  {
    type: 'RescindPolicyRecord',
    data: {
      ref: 'programme-announced',
      reason: 'Noted by mistake: prepared remarks are no act of law, and enact nothing.',
    },
  },
];

function exampleBodies(): PolicyBodies {
  const bodies: Partial<Record<PolicyCommandName, PolicyCommand['data']>> = {};
  for (const { type, known: _known, ...data } of enactedTimeline) {
    bodies[commandForEvent[type]] ??= data;
  }
  for (const { type, data } of [...invented, ...clerical]) bodies[type] = data;
  return bodies as PolicyBodies;
}

/**
 * A complete body of each policy command: of the enacted timeline the first, or
 * one that says it is invented; clerical ones are about the enacted timeline.
 */
export const policyCommandExamples = exampleBodies();
