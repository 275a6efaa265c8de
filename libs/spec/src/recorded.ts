import { eventId } from '#libs/kernel';
import type { CivilDay, Instant, RecordedEvent } from '#libs/kernel';
import type { RegistrantEvent } from '#libs/registry';

/** An event for a spec; without `recordedAt` it is recorded at noon of its own legal day. */
export type SpecEvent = RegistrantEvent & { readonly recordedAt?: Instant };

interface RecordedOptions {
  /** Position of the first event in the log. */
  readonly position?: number;
}

/** The events as the log gives them back, with ids and revisions in the order in which they stand. */
export function recorded(
  stream: string,
  events: readonly SpecEvent[],
  { position = 0 }: RecordedOptions = {},
): (RecordedEvent & RegistrantEvent)[] {
  return events.map(({ recordedAt, ...event }, revision) => ({
    ...event,
    id: recordedId(stream, revision),
    stream,
    revision,
    position: position + revision,
    metadata: {
      actor: { id: 'spec-officer', role: 'officer' },
      recordedAt: recordedAt ?? `${legalDayOf(event)}T12:00:00.000Z`,
      schemaVersion: 1,
    },
  }));
}

/** The id that `recorded` gives to the event at this revision. */
export function recordedId(stream: string, revision: number): string {
  return eventId(stream, 'spec', revision);
}

/** The day on which a fact of each type is dated; a clerical record has none and is given the demo's day. */
const DAY_FIELDS: Readonly<Record<RegistrantEvent['type'], string | undefined>> = {
  ArrivalRegistered: 'arrivedOn',
  CallInRegistrationCompleted: 'registeredOn',
  FollowUpInterviewCompleted: 'interviewedOn',
  AnnualReregistrationCompleted: 'reregisteredOn',
  ChangeReported: 'reportedOn',
  UnreportedChangeFound: 'foundOn',
  DepartureConfirmed: 'departedOn',
  UnregisteredDepartureRecorded: 'departedOn',
  IndividualNoticeServed: 'servedOn',
  NoticeInterviewCompleted: 'interviewedOn',
  ExemptionGranted: 'from',
  StatusChanged: 'changedOn',
  GoodCauseAccepted: 'decidedOn',
  WilfulnessDetermined: 'decidedOn',
  RemovalProceedingsInitiated: 'initiatedOn',
  InadmissibilityPresumptionRebutted: 'decidedOn',
  RecordCorrected: undefined,
  RecordRescinded: undefined,
};

function legalDayOf(event: RegistrantEvent): CivilDay {
  const field = DAY_FIELDS[event.type];
  const data = event.data as unknown as Readonly<Record<string, unknown>>;
  return field === undefined ? '2003-11-20' : String(data[field]);
}
