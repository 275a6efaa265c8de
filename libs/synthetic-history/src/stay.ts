import { type CivilDay, fromDayNumber, toDayNumber } from '#libs/kernel';
import type { CallInGroup } from '#libs/policy';
import { officeOfState } from '#libs/reference';
import { endedOn } from './asked.js';
import * as assumed from './assumptions.js';
import type { FirstRegistration } from './first-registrations.js';
import type { Nationalities } from './nationalities.js';
import type { Occurrence } from './planned-fact.js';
import type { Random } from './random.js';
import {
  basisAtReturn,
  drawArriving,
  drawCalledIn,
  type OpenBasis,
  type Traveller,
} from './traveller.js';

/** A stay as it is lived: whoever leaves unrecorded is gone, whatever the registry believes. */
export interface LivedStay {
  readonly by: 'arrival' | 'call-in';
  /** The day of the registration by which the registry knows of it. */
  readonly from: number;
  /** The last day, or the last one on which the person was in the programme. */
  readonly until: number;
  readonly registration: Occurrence;
  readonly port: string;
}

export interface Begun {
  readonly traveller: Traveller;
  readonly stay: LivedStay;
}

/** Somebody who is registered for the first time on that day, and the stay that it is. */
export function beginFirst(
  { first, day }: { readonly first: FirstRegistration; readonly day: number },
  nationalities: Nationalities,
  random: Random,
): Begun {
  const origins = { nationalities, first };
  if (!first.group) {
    const { traveller, basis } = drawArriving(day, origins, random);
    return { traveller, stay: arrival(traveller, { on: day, basis }, random) };
  }
  const { traveller, admittedOn } = drawCalledIn(first.group, origins, random);
  const of = { day, admittedOn, group: first.group };
  return { traveller, stay: callIn(traveller, of, random) };
}

function callIn(
  { usState }: Traveller,
  of: { readonly day: number; readonly admittedOn: CivilDay; readonly group: CallInGroup },
  random: Random,
): LivedStay {
  const { day, admittedOn, group } = of;
  const asylumDay = toDayNumber(group.announced.data.asylumFiledOnOrBefore);
  const port = random.weighted(assumed.arrivalPorts);
  const registration: Occurrence = {
    type: 'CallInRegistrationCompleted',
    office: officeFor(usState, random),
    port,
    group: group.group,
    admittedOn,
    ...(random.chance(assumed.asylumClaimAfterNotice) && {
      asylumClaimFiledOn: fromDayNumber(random.integer(asylumDay + 1, day)),
    }),
  };
  const until = day + random.within(random.weighted(assumed.staysAfterCallIn));
  return { by: 'call-in', from: day, until, registration, port };
}

function arrival(
  { visit }: Traveller,
  { on, basis }: { readonly on: number; readonly basis: OpenBasis },
  random: Random,
): LivedStay {
  const port = random.weighted(assumed.arrivalPorts);
  return {
    by: 'arrival',
    from: on,
    until: on + random.within(random.weighted(visit.stays)),
    registration: { type: 'ArrivalRegistered', port, basis },
    port,
  };
}

/** The next stay, where the person comes back in the programme's time and is registered again. */
export function returnAfter({ traveller, stay }: Begun, random: Random): LivedStay | undefined {
  if (!random.chance(assumed.returns.chance)) return undefined;
  const day = stay.until + random.within(assumed.returns.daysAway);
  if (day >= endedOn) return undefined;
  const basis = basisAtReturn(traveller.person, day, random);
  return basis && arrival(traveller, { on: day, basis }, random);
}

/** An office to which somebody who lives in that state goes. */
export function officeFor(usState: string, random: Random): string {
  const further = assumed.furtherOffices[usState];
  const office = further ? random.weighted(further) : officeOfState(usState);
  if (!office) throw new RangeError(`No office is responsible for ${usState}.`);
  return office;
}
