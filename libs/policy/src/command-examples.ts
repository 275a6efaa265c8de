import { commandForEvent, type PolicyCommand, type PolicyCommandName } from './commands.js';
import type { PolicyRecord } from './record.js';
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

/** The record of the enacted timeline, as the correction of it should read. */
function correctedRecord(ref: string, change: Partial<CorrectedRecord>): CorrectedRecord {
  const record = enactedTimeline.find((candidate) => candidate.ref === ref);
  const { ref: _ref, type: _type, known: _known, ...body } = record as PolicyRecord;
  return { ...body, ...change };
}

type CorrectedRecord = PolicyBodies['CorrectPolicyRecord']['corrected'];

const clerical: readonly PolicyCommand[] = [
  {
    type: 'CorrectPolicyRecord',
    data: {
      ref: 'annual-reregistration-enacted',
      corrected: correctedRecord('annual-reregistration-enacted', {
        citation: '67 FR 52584; 8 CFR 264.1(f)(5)',
      }),
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
