import type { RegistrantDataByType, RegistrantEventType } from '#libs/registry';
import { SPEC_REGISTRANT } from './registrations.js';

type Given<Type extends RegistrantEventType, Day extends keyof RegistrantDataByType[Type]> = Pick<
  RegistrantDataByType[Type],
  Day
> &
  Partial<RegistrantDataByType[Type]>;

/** A fact of any type of the registrant of the specs; only `registrantId` is filled in. */
export function aFact<Type extends RegistrantEventType>(
  type: Type,
  data: Omit<RegistrantDataByType[Type], 'registrantId'>,
): { readonly type: Type; readonly data: RegistrantDataByType[Type] } {
  const whole: unknown = { registrantId: SPEC_REGISTRANT, ...data };
  return { type, data: whole as RegistrantDataByType[Type] };
}

/** A follow-up interview at the Washington office. */
export function anInterview(given: Given<'FollowUpInterviewCompleted', 'interviewedOn'>) {
  return aFact('FollowUpInterviewCompleted', { office: 'WAS', ...given });
}

/** A yearly re-registration at the Washington office. */
export function aReregistration(given: Given<'AnnualReregistrationCompleted', 'reregisteredOn'>) {
  return aFact('AnnualReregistrationCompleted', { office: 'WAS', ...given });
}

/** A departure confirmed at New York. */
export function aDeparture(given: Given<'DepartureConfirmed', 'departedOn'>) {
  return aFact('DepartureConfirmed', { port: 'NYC', ...given });
}

/** A departure known only from a carrier's manifest. */
export function anUnregisteredDeparture(
  given: Given<'UnregisteredDepartureRecorded', 'departedOn'>,
) {
  return aFact('UnregisteredDepartureRecorded', { source: 'carrier-manifest', ...given });
}
