import { assess, type Assessment, type AssessmentView, type Obligation } from '#libs/assessment';
import { registrantStream } from '#libs/kernel';
import { enactedPolicy, type Policy } from '#libs/policy';
import { recorded, type SpecEvent } from './recorded.js';
import { SPEC_REGISTRANT } from './registrations.js';

/** The version of the rules under which decisions of specs are made. */
export { RULES_VERSION } from '#libs/assessment';

export const specStream = registrantStream(SPEC_REGISTRANT);

/** The assessment of the registrant of the specs, as enacted or in a counterfactual beside it. */
export function assessed(
  events: readonly SpecEvent[],
  view: Partial<AssessmentView> & Pick<AssessmentView, 'on'>,
  policy: Policy = enactedPolicy,
): Assessment {
  const subject = { registrantId: SPEC_REGISTRANT, events: recorded(specStream, events) };
  const world = policy === enactedPolicy ? { policy } : { policy, recorded: enactedPolicy };
  return assess(subject, world, { presence: 'until-departure', ...view });
}

export function ofDuty(obligations: readonly Obligation[], duty: string): readonly Obligation[] {
  return obligations.filter((obligation) => obligation.duty === duty);
}

/** The statuses of all obligations of one duty, as enacted, in listing order. */
export function statuses(
  events: readonly SpecEvent[],
  on: string,
  duty: string,
): readonly string[] {
  return ofDuty(assessed(events, { on }).obligations, duty).map(({ status }) => status);
}
