import { commandForEvent, type PolicyCommand, type PolicyCommandName } from './commands.js';
import { enactedTimeline } from './timeline.js';

type PolicyBody = PolicyCommand['data'];

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

function exampleBodies(): Readonly<Record<PolicyCommandName, PolicyBody>> {
  const bodies: Partial<Record<PolicyCommandName, PolicyBody>> = {};
  for (const { type, known: _known, ...data } of enactedTimeline) {
    bodies[commandForEvent[type]] ??= data;
  }
  for (const { type, data } of invented) bodies[type] = data;
  return bodies as Readonly<Record<PolicyCommandName, PolicyBody>>;
}

/** A complete body of each policy command: of the enacted timeline the first, or one that says it is invented. */
export const policyCommandExamples = exampleBodies();
