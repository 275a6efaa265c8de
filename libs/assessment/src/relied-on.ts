import type { Policy } from '#libs/policy';
import type { AssessedObligation, DecisionFacts } from '#libs/registry';
import { assessFacts } from './assess.js';
import { type Obligation, obligationKey } from './obligation.js';
import { RULES_VERSION } from './version.js';

/**
 * What a decision may rely on: the obligations of a record under the policy that was really in force,
 * seen from a day with everything that is known now, upcoming ones too.
 */
export function obligationsUnder(policy: Policy): DecisionFacts['obligationsOn'] {
  return ({ registrantId = '', facts }, on) => {
    const byThen = facts.filter(({ day }) => day <= on);
    const view = { on, presence: 'until-departure', upcoming: true } as const;
    return assessFacts(registrantId, byThen, { policy, view }).obligations.map((obligation) =>
      reliedOn(obligation, policy),
    );
  };
}

function reliedOn(obligation: Obligation, { hash: policyHash }: Policy): AssessedObligation {
  const { status, opensOn, dueOn } = obligation;
  return {
    key: obligationKey(obligation),
    reliedOn: { status, opensOn, dueOn, policyHash, rulesVersion: RULES_VERSION },
  };
}
