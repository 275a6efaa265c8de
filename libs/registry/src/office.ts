import { officeOfState } from '#libs/reference';
import { type AddressFact, addressFacts } from './addresses.js';
import type { Fact } from './facts.js';

/**
 * The office responsible for a person by the last of the facts that tells an address: a registration
 * that names an office, else the state of the address (an assumption: see
 * libs/reference/src/offices.ts).
 */
export function responsibleOffice(facts: readonly Fact[]): string | undefined {
  return addressFacts(facts).reduce<string | undefined>(
    (office, fact) => officeToldBy(fact) ?? office,
    undefined,
  );
}

function officeToldBy({ type, data }: AddressFact): string | undefined {
  if (type === 'CallInRegistrationCompleted') return data.office;
  return data.usState === undefined ? undefined : officeOfState(data.usState);
}
