import { type RecordedEvent, registrantIdOf } from '#libs/kernel';
import { factsOf, type RegistrantEventType, staysOf } from '#libs/registry';
import type { Projection } from '#libs/view-store';
import { toldBy } from './file-of.js';
import type { RegistrantView } from './view.js';

/** What each event changes in the file; an event of a new type does not compile until it stands here. */
const changes: Readonly<Record<RegistrantEventType, string>> = {
  ArrivalRegistered: 'begins a stay; the person, the numbers, the address, the office',
  CallInRegistrationCompleted: 'may begin a stay; the person, the numbers, the address, the office',
  FollowUpInterviewCompleted: 'counted',
  AnnualReregistrationCompleted: 'counted',
  ChangeReported: 'of an address: the address and the office; counted',
  UnreportedChangeFound: 'of an address: the address and the office; counted',
  DepartureConfirmed: 'ends a stay',
  UnregisteredDepartureRecorded: 'ends a stay',
  IndividualNoticeServed: 'the notices',
  NoticeInterviewCompleted: 'the notice that it names',
  ExemptionGranted: 'the exemptions',
  StatusChanged: 'the status',
  GoodCauseAccepted: 'counted',
  WilfulnessDetermined: 'counted',
  RemovalProceedingsInitiated: 'counted',
  InadmissibilityPresumptionRebutted: 'counted',
  RecordCorrected: 'the fact that it names, and all that follows from it',
  RecordRescinded: 'the fact or correction that it names, and all that follows from it',
};

/** One document a registrant: who it is, where, and what stands in the record. */
export const registrantFile: Projection<RegistrantView> = {
  name: 'registrant-file',
  version: 2,
  fields: {
    nationalities: 'list',
    port: 'value',
    office: 'value',
    lastSeen: 'value',
    admittedThrough: 'value',
    fins: 'list',
    admissionNumbers: 'list',
    passportKeys: 'list',
    nameKeys: 'list',
  },
  concerns({ stream, type }) {
    const id = registrantIdOf(stream);
    return id !== undefined && Object.hasOwn(changes, type) ? [id] : [];
  },
  apply(view, event) {
    const events = [...(view?.events ?? []), kept(event)];
    const facts = factsOf(events);
    const registrantId = registrantIdOf(event.stream) ?? '';
    return {
      _id: registrantId,
      position: event.position,
      registrantId,
      revision: event.revision,
      ...toldBy(facts, staysOf(facts, 'until-departure')),
      events,
    };
  },
};

/** The event without the metadata that only its command and the audit need. */
function kept({ metadata, ...event }: RecordedEvent): RecordedEvent {
  const { actor, recordedAt, schemaVersion, imported } = metadata;
  return {
    ...event,
    metadata: { actor, recordedAt, schemaVersion, ...(imported && { imported }) },
  };
}
