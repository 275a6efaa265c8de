import { officeOfState } from '#libs/reference';
import type { Fact } from './facts.js';

/**
 * The office responsible for a person by the latest of the facts (in legal order) that tells: a
 * registration that names one, else the state of the last known US address (an assumption: see
 * libs/reference/src/offices.ts).
 */
export function responsibleOffice(facts: readonly Fact[]): string | undefined {
  return facts.reduce<string | undefined>(
    (office, fact) => officeToldBy(fact) ?? office,
    undefined,
  );
}

function officeToldBy({ type, data }: Fact): string | undefined {
  if (type === 'CallInRegistrationCompleted') return data.office;
  return 'usState' in data ? officeOfState(data.usState) : undefined;
}
