import {
  addDays,
  eventId,
  type EventMetadata,
  fromDayNumber,
  registrantStream,
} from '#libs/kernel';
import type { RegistrantDataByType, RegistrantEvent } from '#libs/registry';
import * as assumed from './assumptions.js';
import { inventBiometrics, inventDocuments, inventIdentity, inventVisit } from './invented.js';
import type { Occurrence, PlannedFact } from './life.js';
import { admissionNumberOf, finOf } from './numbers.js';
import { type Random, randomOf } from './random.js';
import type { Traveller } from './traveller.js';

/** A line of a history file: personal content stands in clear, and is encrypted when it is appended. */
export type HistoryLine = {
  readonly id: string;
  readonly stream: string;
  readonly metadata: EventMetadata;
} & RegistrantEvent;

/** A fact whose hour has come. */
export interface DatedFact {
  readonly traveller: Traveller;
  readonly registrantId: string;
  readonly fact: PlannedFact;
  /** Its place among the person's facts, from 0. */
  readonly ordinal: number;
  /** Second of the day, UTC, at which it was recorded. */
  readonly second: number;
}

/** Writes one fact down; what is personal is drawn from a stream of numbers of its own. */
export function historyLine(dated: DatedFact, seed: number): HistoryLine {
  const { registrantId, ordinal, traveller } = dated;
  const stream = registrantStream(registrantId);
  const commandId = eventId(stream, 'command', ordinal);
  const random = randomOf(seed, traveller.index, ordinal, 1);
  return {
    id: eventId(stream, commandId, 0),
    stream,
    ...eventOf(dated, { seed, random }),
    metadata: {
      actor: { id: actorOf(dated.fact.occurrence, random), role: 'officer' },
      recordedAt: `${fromDayNumber(dated.fact.recordedOn)}T${clock(dated.second)}.000Z`,
      schemaVersion: 1,
      commandId,
    },
  };
}

function clock(second: number): string {
  return [second / 3600, (second / 60) % 60, second % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}

function actorOf(occurrence: Occurrence, random: Random): string {
  if (occurrence.type === 'UnregisteredDepartureRecorded') return 'officer-manifests';
  const place = 'office' in occurrence ? occurrence.office : occurrence.port;
  return `officer-${place.toLowerCase()}-${String(random.integer(1, 9))}`;
}

/** Where what is invented comes from. */
interface Source {
  readonly seed: number;
  readonly random: Random;
}

function eventOf(dated: DatedFact, source: Source): RegistrantEvent {
  const { registrantId, fact } = dated;
  const { occurrence } = fact;
  const { random } = source;
  const on = fromDayNumber(fact.on);
  switch (occurrence.type) {
    case 'ArrivalRegistered':
      return { type: occurrence.type, data: arrivalData(dated, occurrence, source) };
    case 'CallInRegistrationCompleted':
      return { type: occurrence.type, data: callInData(dated, occurrence, source) };
    case 'FollowUpInterviewCompleted':
      return {
        type: occurrence.type,
        data: { registrantId, interviewedOn: on, office: occurrence.office, ...findings(random) },
      };
    case 'AnnualReregistrationCompleted':
      return {
        type: occurrence.type,
        data: { registrantId, reregisteredOn: on, office: occurrence.office, ...findings(random) },
      };
    case 'DepartureConfirmed':
      return {
        type: occurrence.type,
        data: { registrantId, departedOn: on, port: occurrence.port, carrier: 'Invented Lines' },
      };
    case 'UnregisteredDepartureRecorded': {
      const { type, ...told } = occurrence;
      return { type, data: { registrantId, departedOn: on, ...told } };
    }
  }
}

function findings(random: Random): { readonly findings?: string } {
  return random.chance(assumed.findingsNoted) ? { findings: 'Nothing of note.' } : {};
}

type Occurring<Type extends Occurrence['type']> = Extract<Occurrence, { readonly type: Type }>;

function arrivalData(
  dated: DatedFact,
  { port, basis }: Occurring<'ArrivalRegistered'>,
  { seed, random }: Source,
): RegistrantDataByType['ArrivalRegistered'] {
  const { registrantId, traveller, fact, ordinal } = dated;
  const arrivedOn = fromDayNumber(fact.on);
  return {
    registrantId,
    fin: finOf(seed, traveller.index),
    arrivedOn,
    port,
    classOfAdmission: traveller.classOfAdmission,
    ...admittedUntil(traveller, arrivedOn),
    admissionNumber: admissionNumberOf(seed, traveller.index, ordinal),
    basis: {
      ...basis,
      ...(basis.kind === 'lookout' && {
        lookoutRef: `lookout-${String(random.integer(100_000, 999_999))}`,
      }),
      ...(basis.kind === 'officer-discretion' && { reason: 'As the named criteria say.' }),
    },
    ...registrationData(dated, random),
  };
}

function callInData(
  dated: DatedFact,
  occurrence: Occurring<'CallInRegistrationCompleted'>,
  { seed, random }: Source,
): RegistrantDataByType['CallInRegistrationCompleted'] {
  const { registrantId, traveller, fact, ordinal } = dated;
  const { office, group, port, admittedOn, asylumClaimFiledOn } = occurrence;
  return {
    registrantId,
    fin: finOf(seed, traveller.index),
    registeredOn: fromDayNumber(fact.on),
    office,
    group,
    admission: {
      admittedOn,
      port,
      classOfAdmission: traveller.classOfAdmission,
      ...admittedUntil(traveller, admittedOn),
      admissionNumber: admissionNumberOf(seed, traveller.index, ordinal),
    },
    ...(asylumClaimFiledOn !== undefined && { asylumClaimFiledOn }),
    ...registrationData(dated, random),
  };
}

function admittedUntil(
  { visit }: Traveller,
  admittedOn: string,
): { readonly admittedUntil?: string } {
  if (visit.admittedDays === undefined) return {};
  return { admittedUntil: addDays(admittedOn, visit.admittedDays) };
}

/** What both registrations hold; who the person is stands in the first one only. */
function registrationData({ traveller, ordinal }: DatedFact, random: Random) {
  const { person, visit, usState } = traveller;
  const nationality = person.nationalities[0] ?? '';
  return {
    ...(ordinal === 0 && { person, identity: inventIdentity(random, nationality) }),
    purposeCode: visit.purpose,
    usState,
    visit: inventVisit(random, visit.purpose, usState),
    biometrics: inventBiometrics(random),
    ...(random.chance(assumed.documented) && {
      documents: inventDocuments(random, nationality),
    }),
  };
}
