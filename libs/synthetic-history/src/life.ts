import { type CivilDay, fromDayNumber, toDayNumber } from '#libs/kernel';
import type { CallInGroup } from '#libs/policy';
import { officeOfState } from '#libs/reference';
import type { RegistrantDataByType } from '#libs/registry';
import { departurePortsOn, endedOn } from './asked.js';
import * as assumed from './assumptions.js';
import type { FirstRegistration } from './first-registrations.js';
import { officeVisits } from './office-visits.js';
import type { Random } from './random.js';
import {
  type Attributes,
  basisAtReturn,
  drawArriving,
  drawCalledIn,
  type OpenBasis,
  type Traveller,
} from './traveller.js';

/** What happens, with all that rules look at; personal content is drawn when it is written down. */
export type Occurrence =
  | { readonly type: 'ArrivalRegistered'; readonly port: string; readonly basis: OpenBasis }
  | {
      readonly type: 'CallInRegistrationCompleted';
      readonly office: string;
      readonly port: string;
      readonly group: number;
      readonly admittedOn: CivilDay;
      readonly asylumClaimFiledOn?: CivilDay;
    }
  | {
      readonly type: 'FollowUpInterviewCompleted' | 'AnnualReregistrationCompleted';
      readonly office: string;
    }
  | { readonly type: 'DepartureConfirmed'; readonly port: string }
  | {
      readonly type: 'UnregisteredDepartureRecorded';
      readonly source: RegistrantDataByType['UnregisteredDepartureRecorded']['source'];
      readonly port?: string;
    };

/** One fact of a life, before it is written down; days as whole numbers since 1970-01-01. */
export interface PlannedFact {
  readonly occurrence: Occurrence;
  /** The day in law. */
  readonly on: number;
  /** The day on which the registry learned of it. */
  readonly recordedOn: number;
}

export interface Life {
  readonly traveller: Traveller;
  /** In the order of their days, which is also the order in which they were recorded. */
  readonly facts: readonly PlannedFact[];
}

/** A stay as it is lived: whoever leaves unrecorded is gone, whatever the registry believes. */
interface LivedStay {
  readonly by: FirstRegistration['by'];
  readonly from: number;
  readonly until: number;
  readonly registration: Occurrence;
  readonly port: string;
}

/** The whole life in the registry of one person, from the first registration on that day. */
export function drawLife(
  index: number,
  first: { readonly registration: FirstRegistration; readonly day: number },
  random: Random,
): Life {
  const { registration, day } = first;
  const begun =
    registration.by === 'arrival'
      ? arriveFirst(day, random)
      : comeToCallIn(registration.group, day, random);
  const traveller = { index, ...begun.attributes };
  const facts: PlannedFact[] = [];
  let stay: LivedStay | undefined = begun.stay;
  for (let stays = 1; stay; stays += 1) {
    facts.push(...factsOfStay(traveller, stay, random));
    stay = stays < assumed.returns.arrivalsMax ? returnAfter(traveller, stay, random) : undefined;
  }
  return { traveller, facts };
}

interface Begun {
  readonly attributes: Attributes;
  readonly stay: LivedStay;
}

function arriveFirst(day: number, random: Random): Begun {
  const { attributes, basis } = drawArriving(fromDayNumber(day), random);
  return { attributes, stay: arrival(attributes, { on: day, basis }, random) };
}

function comeToCallIn(group: CallInGroup, day: number, random: Random): Begun {
  const { attributes, admittedOn } = drawCalledIn(group, random);
  const asylumDay = toDayNumber(group.announced.data.asylumFiledOnOrBefore);
  const port = random.weighted(assumed.arrivalPorts);
  const registration: Occurrence = {
    type: 'CallInRegistrationCompleted',
    office: officeFor(attributes.usState, random),
    port,
    group: group.group,
    admittedOn,
    ...(random.chance(assumed.asylumClaimAfterNotice) && {
      asylumClaimFiledOn: fromDayNumber(random.integer(asylumDay + 1, day)),
    }),
  };
  const until = day + daysWithin(random.weighted(assumed.staysAfterCallIn), random);
  return { attributes, stay: { by: 'call-in', from: day, until, registration, port } };
}

function arrival(
  { visit }: Attributes,
  { on, basis }: { readonly on: number; readonly basis: OpenBasis },
  random: Random,
): LivedStay {
  const port = random.weighted(assumed.arrivalPorts);
  return {
    by: 'arrival',
    from: on,
    until: on + daysWithin(random.weighted(visit.stays), random),
    registration: { type: 'ArrivalRegistered', port, basis },
    port,
  };
}

function factsOfStay(traveller: Traveller, stay: LivedStay, random: Random): PlannedFact[] {
  const { from } = stay;
  const visits = officeVisits(stay, traveller.temperament, random).map(
    ({ type, on }): PlannedFact => ({
      occurrence: { type, office: officeFor(traveller.usState, random) },
      on,
      recordedOn: on,
    }),
  );
  const departure = departureFrom(traveller, stay, random);
  return [
    { occurrence: stay.registration, on: from, recordedOn: from },
    ...visits.sort((a, b) => a.on - b.on),
    ...(departure ? [departure] : []),
  ];
}

function departureFrom(
  traveller: Traveller,
  stay: LivedStay,
  random: Random,
): PlannedFact | undefined {
  const on = stay.until;
  const designated = departurePortsOn(fromDayNumber(on), traveller.classOfAdmission);
  const way = random.weighted(assumed.leaving[traveller.temperament]);
  if (way === 'unrecorded') return undefined;
  if (way === 'confirmed' && designated.length > 0) {
    const usual = designated.includes(stay.port) && random.chance(assumed.leavesByPortOfArrival);
    const ports = assumed.arrivalPorts.filter(([port]) => designated.includes(port));
    const port = usual ? stay.port : random.weighted(ports);
    return { occurrence: { type: 'DepartureConfirmed', port }, on, recordedOn: on };
  }
  const occurrence: Occurrence = {
    type: 'UnregisteredDepartureRecorded',
    source: random.weighted(assumed.departureSourceWeights),
    port: random.weighted(assumed.arrivalPorts),
  };
  return { occurrence, on, recordedOn: on + daysWithin(assumed.manifestDays, random) };
}

/** The next stay, where the person comes back in the programme's time and is registered again. */
function returnAfter(traveller: Traveller, stay: LivedStay, random: Random): LivedStay | undefined {
  if (!random.chance(assumed.returns.chance)) return undefined;
  const day = stay.until + daysWithin(assumed.returns.daysAway, random);
  if (day >= endedOn) return undefined;
  const basis = basisAtReturn(traveller.person, fromDayNumber(day), random);
  return basis && arrival(traveller, { on: day, basis }, random);
}

function officeFor(usState: string, random: Random): string {
  const further = assumed.furtherOffices[usState];
  const office = further ? random.weighted(further) : officeOfState(usState);
  if (!office) throw new RangeError(`No office is responsible for ${usState}.`);
  return office;
}

function daysWithin([min, max]: readonly [number, number], random: Random): number {
  return random.integer(min, max);
}
