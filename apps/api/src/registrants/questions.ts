import { type CivilDay, isUuid } from '#libs/kernel';
import { malformed } from '#libs/web';
import type { ObligationsQuestion } from './records.js';
import type { PersonQuery } from './registrants.dto.js';

/** The id in an address; throws the Problem where it is none. */
export function registrantIdFrom(text: string): string {
  if (isUuid(text)) return text;
  throw malformed([{ field: 'id', problem: 'must be a UUID in lower case' }]);
}

/** The question of a query, seen from the registry's day where it names none. */
export function questionFrom(query: PersonQuery, registryDay: CivilDay): ObligationsQuestion {
  const { on = registryDay, knownAt, scenario, presence = 'until-departure' } = query;
  return {
    on,
    presence,
    ...(knownAt !== undefined && { knownAt }),
    ...(scenario !== undefined && { scenario }),
  };
}
