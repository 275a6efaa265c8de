import { eventId, fromDayNumber, registrantStream } from '#libs/kernel';
import type { RegistrantDataByType, RegistrantEvent } from '#libs/registry';
import * as assumed from './assumptions.js';
import type { DatedFact } from './dated-fact.js';
import { inventChange } from './invented.js';
import type { Occurrence } from './planned-fact.js';
import { Random } from './random.js';
import { arrivalData, callInData } from './registration-data.js';

/** More than the number of people of any history: numbers for lines are none of those for lives. */
const LINES = 9_000_001;

/** The numbers of which the personal content of one line is drawn. */
export function randomOfLine({ subject: { seed, index }, ordinal }: DatedFact): Random {
  return new Random(seed, LINES, index, ordinal);
}

/** The event as it was written, with the slip of the pen where there was one. */
export function eventOf(dated: DatedFact, random: Random): RegistrantEvent {
  const event = trueEvent(dated, random);
  const { slip } = dated.fact;
  // A slip replaces values of fields that the data has.
  return slip ? ({ ...event, data: { ...event.data, ...slip } } as RegistrantEvent) : event;
}

function trueEvent(dated: DatedFact, random: Random): RegistrantEvent {
  const { occurrence } = dated.fact;
  switch (occurrence.type) {
    case 'ArrivalRegistered':
      return { type: occurrence.type, data: arrivalData(dated, occurrence, random) };
    case 'CallInRegistrationCompleted':
      return { type: occurrence.type, data: callInData(dated, occurrence, random) };
    case 'FollowUpInterviewCompleted':
    case 'AnnualReregistrationCompleted':
    case 'IndividualNoticeServed':
    case 'NoticeInterviewCompleted':
      return appearance(dated, occurrence, random);
    case 'DepartureConfirmed':
    case 'UnregisteredDepartureRecorded':
      return departure(dated, occurrence);
    case 'ChangeReported':
    case 'UnreportedChangeFound':
      return change(dated, occurrence, random);
    case 'ExemptionGranted':
    case 'StatusChanged':
      return changeOfStanding(dated, occurrence);
    case 'GoodCauseAccepted':
    case 'WilfulnessDetermined':
    case 'RemovalProceedingsInitiated':
    case 'InadmissibilityPresumptionRebutted':
      return decision(dated, occurrence);
    case 'RecordCorrected':
    case 'RecordRescinded':
      return correction(dated, occurrence.type);
  }
}

type Occurring<Type extends Occurrence['type']> = Extract<Occurrence, { readonly type: Type }>;

function appearance(
  { subject: { registrantId }, fact }: DatedFact,
  occurrence: Occurring<
    | 'FollowUpInterviewCompleted'
    | 'AnnualReregistrationCompleted'
    | 'IndividualNoticeServed'
    | 'NoticeInterviewCompleted'
  >,
  random: Random,
): RegistrantEvent {
  const on = fromDayNumber(fact.on);
  const noted = random.chance(assumed.findingsNoted) && { findings: 'Nothing of note.' };
  const { type } = occurrence;
  switch (type) {
    case 'FollowUpInterviewCompleted': {
      const { office } = occurrence;
      return { type, data: { ...noted, interviewedOn: on, office, registrantId } };
    }
    case 'AnnualReregistrationCompleted': {
      const { office } = occurrence;
      return { type, data: { ...noted, office, registrantId, reregisteredOn: on } };
    }
    case 'IndividualNoticeServed': {
      const noticeId = noticeIdOf(registrantId, occurrence.notice);
      const appearOn = fromDayNumber(occurrence.appearOn);
      const reason = 'Invented: questions about the stay.';
      return { type, data: { appearOn, noticeId, reason, registrantId, servedOn: on } };
    }
    case 'NoticeInterviewCompleted': {
      const noticeId = noticeIdOf(registrantId, occurrence.notice);
      const { office } = occurrence;
      return { type, data: { ...noted, interviewedOn: on, noticeId, office, registrantId } };
    }
  }
}

function noticeIdOf(registrantId: string, notice: number): string {
  return eventId(registrantStream(registrantId), 'notice', notice);
}

function departure(
  { subject: { registrantId }, fact }: DatedFact,
  occurrence: Occurring<'DepartureConfirmed' | 'UnregisteredDepartureRecorded'>,
): RegistrantEvent {
  const departedOn = fromDayNumber(fact.on);
  const { type, port } = occurrence;
  if (type === 'DepartureConfirmed') {
    return { type, data: { carrier: 'Invented Lines', departedOn, port, registrantId } };
  }
  const { source } = occurrence;
  return { type, data: { departedOn, port, registrantId, source } };
}

function change(
  { subject: { registrantId }, fact }: DatedFact,
  { type, kind, changedOn, usState }: Occurring<'ChangeReported' | 'UnreportedChangeFound'>,
  random: Random,
): RegistrantEvent {
  const on = fromDayNumber(fact.on);
  const changed = fromDayNumber(changedOn);
  const moved = {
    ...(kind === 'address' && { usState }),
    value: inventChange(random, kind, usState),
  };
  return type === 'ChangeReported'
    ? { type, data: { changedOn: changed, kind, registrantId, reportedOn: on, ...moved } }
    : { type, data: { changedOn: changed, foundOn: on, kind, registrantId, ...moved } };
}

function changeOfStanding(
  { subject: { registrantId }, fact }: DatedFact,
  occurrence: Occurring<'ExemptionGranted' | 'StatusChanged'>,
): RegistrantEvent {
  const on = fromDayNumber(fact.on);
  if (occurrence.type === 'StatusChanged') {
    const { type, to } = occurrence;
    return { type, data: { changedOn: on, registrantId, to } };
  }
  const { type, duties, until } = occurrence;
  return {
    type,
    data: {
      authority: 'Invented district director',
      duties,
      from: on,
      reason: 'Invented: hardship.',
      registrantId,
      ...(until !== undefined && { until: fromDayNumber(until) }),
    },
  };
}

function decision(
  { subject: { registrantId }, fact }: DatedFact,
  occurrence: Occurring<
    | 'GoodCauseAccepted'
    | 'WilfulnessDetermined'
    | 'RemovalProceedingsInitiated'
    | 'InadmissibilityPresumptionRebutted'
  >,
): RegistrantEvent {
  const on = fromDayNumber(fact.on);
  const { type } = occurrence;
  switch (type) {
    case 'GoodCauseAccepted': {
      const { obligation, reliedOn } = occurrence;
      const reason = 'Invented: an illness.';
      return { type, data: { decidedOn: on, obligation, reason, registrantId, reliedOn } };
    }
    case 'WilfulnessDetermined': {
      const { obligation, reliedOn, wilful } = occurrence;
      const reason = 'Invented: what was said when asked.';
      return { type, data: { decidedOn: on, obligation, reason, registrantId, reliedOn, wilful } };
    }
    case 'RemovalProceedingsInitiated': {
      const { ground, obligation, reliedOn } = occurrence;
      const named = obligation && { obligation };
      const relied = reliedOn && { reliedOn };
      return { type, data: { ground, initiatedOn: on, ...named, registrantId, ...relied } };
    }
    case 'InadmissibilityPresumptionRebutted': {
      const { departedOn, reliedOn } = occurrence;
      const reason = 'Invented: no officer was at the counter.';
      return { type, data: { decidedOn: on, departedOn, reason, registrantId, reliedOn } };
    }
  }
}

/** A correction holds what the original would have held, had the pen not slipped. */
function correction(
  { subject: { registrantId }, of }: DatedFact,
  type: 'RecordCorrected' | 'RecordRescinded',
): RegistrantEvent {
  if (!of) throw new RangeError('A correction names no record.');
  const stream = registrantStream(registrantId);
  const id = eventId(stream, eventId(stream, 'command', of.ordinal), 0);
  if (type === 'RecordRescinded') {
    const reason = 'Recorded of somebody else by mistake.';
    return { type, data: { eventId: id, reason, registrantId } };
  }
  const truth = trueEvent(of, randomOfLine(of));
  const data: RegistrantDataByType['RecordCorrected'] = {
    corrected: { data: truth.data, type: truth.type, version: 1 },
    eventId: id,
    reason: 'A slip of the pen.',
    registrantId,
  };
  return { type, data };
}
