import type { Failure, PlannedFact } from './planned-fact.js';
import type { LivedStay } from './stay.js';
import type { Traveller } from './traveller.js';

/**
 * A life as it would go before anybody counts: the changes that are reported are candidates, of which
 * the published number of registrations decides how many there are, and nobody has decided anything.
 */
export interface Draft {
  readonly traveller: Traveller;
  readonly stays: LivedStay[];
  readonly facts: PlannedFact[];
  readonly reports: PlannedFact[];
  readonly failures: Failure[];
}
