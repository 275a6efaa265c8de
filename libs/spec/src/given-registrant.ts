import { obligationsUnder } from '#libs/assessment';
import { type CivilDay, registrantStream } from '#libs/kernel';
import { enactedPolicy, type Policy } from '#libs/policy';
import {
  commandOfFact,
  decideRegistrant,
  type DecisionFacts,
  foldRegistrant,
  isFactType,
} from '#libs/registry';
import type { RegistrantCommand, RegistrantEvent } from '#libs/registry';
import { specify } from './given-when-then.js';
import { recorded, type SpecEvent } from './recorded.js';
import { SPEC_REGISTRANT } from './registrations.js';

/** The enacted policy, seen from a day long after its end. */
export const longAfter = decidedUnder(enactedPolicy, '2012-01-01');

/** What decisions under a policy know, by what is assessed under it. */
export function decidedUnder(policy: Policy, latestDay: CivilDay): DecisionFacts {
  return { policy, latestDay, obligationsOn: obligationsUnder(policy) };
}

/** `given(...events).when(command)` of the registrant of the specs. */
export const givenRegistrant = specify({
  fold: (events: readonly SpecEvent[]) =>
    foldRegistrant(recorded(registrantStream(SPEC_REGISTRANT), events)),
  decide: decideRegistrant,
  facts: longAfter,
});

/** The command by which the event comes about. */
export function toRecord({ type, data }: RegistrantEvent): RegistrantCommand {
  if (!isFactType(type)) throw new Error(`No command records ${type} yet.`);
  return commandOfFact(type, data as Parameters<typeof commandOfFact>[1]);
}
