import type { CivilDay } from '#libs/kernel';
import { knownAtShape, malformed, OptionalField, PageQuery } from '#libs/web';
import { OptionalDayField } from './fields.js';

const presentOnlyForm = 'Lists know the present only; 400 says where another moment can be had.';

/** The part of a query that every list takes, with the two clocks that it does not have. */
export class PresentPageQuery extends PageQuery {
  @OptionalDayField({ description: `The registry's day. ${presentOnlyForm}` })
  readonly on?: string;

  @OptionalField(knownAtShape, { type: String, description: presentOnlyForm })
  readonly knownAt?: string;
}

/** Throws the Problem where a list is asked for another moment, saying where that can be had. */
export function refuseOtherMoments(
  { on, knownAt }: PresentPageQuery,
  registryDay: CivilDay,
  elsewhere: string,
): void {
  const errors = [
    ...(on === undefined || on === registryDay
      ? []
      : [{ field: 'on', problem: `must be the registry's day, ${registryDay}: ${elsewhere}` }]),
    ...(knownAt === undefined
      ? []
      : [{ field: 'knownAt', problem: `is not known to this list, but to others: ${elsewhere}` }]),
  ];
  if (errors.length > 0) throw malformed(errors);
}

/** Of people and what they owe. */
export const momentsOfPeople =
  'one person is seen from any day, by what was known at any moment, by ' +
  'GET /api/registrants/{id}/obligations?on=&knownAt=, and all of them by POST /api/replays';

/** Of the law. */
export const momentsOfPolicy =
  'what was in force on a day, as it was known at a moment, is answered by GET /api/policy?on=&knownAt=';
