import type { RegistrantDataByType } from '#libs/registry';
import { aCallIn, anArrival, SPEC_REGISTRANT } from './registrations.js';

const registrantId = SPEC_REGISTRANT;
const noticeId = '00000000-0000-4000-8000-000000000009';
const reason = 'Invented reason';
const findings = 'Invented findings';
const usAddress = { line1: '1 Nowhere Street', city: 'Sampleton', state: 'VA', zip: '000000000' };
const reliedOn = {
  status: 'missed',
  opensOn: '2003-11-22',
  dueOn: '2003-12-02',
  policyHash: 'a'.repeat(64),
  rulesVersion: '1',
};

const whole = {
  distinctFrom: ['00000000-0000-4000-8000-000000000002'],
  documents: [{ kind: 'invented letter', number: 'L-1', country: 'IR' }],
  visit: {
    purpose: 'Invented studies',
    background: 'Invented background',
    usAddress: { ...usAddress, line2: 'Room 0' },
    contact: { name: 'Invented Host', phone: '555-0100', email: 'host@example.org' },
    itinerary: 'Invented itinerary',
  },
};

/** One event of each type with every field that it may have, for specs of the stored format. */
export const wholeEvents: RegistrantDataByType = {
  ArrivalRegistered: anArrival({
    ...whole,
    arrivedOn: '2003-10-23',
    admittedUntil: '2004-06-30',
    basis: {
      kind: 'officer-discretion',
      criteria: ['earlier-overstay'],
      lookoutRef: 'invented lookout',
      reason,
    },
  }).data,
  CallInRegistrationCompleted: aCallIn({
    ...whole,
    registeredOn: '2002-12-16',
    asylumClaimFiledOn: '2002-12-01',
    admission: {
      admittedOn: '2002-08-20',
      port: 'NYC',
      classOfAdmission: 'F1',
      admittedUntil: '2003-08-20',
      admissionNumber: '90000000002',
    },
  }).data,
  FollowUpInterviewCompleted: {
    registrantId,
    interviewedOn: '2003-11-25',
    office: 'WAS',
    findings,
  },
  AnnualReregistrationCompleted: {
    registrantId,
    reregisteredOn: '2004-10-20',
    office: 'WAS',
    findings,
  },
  ChangeReported: {
    registrantId,
    kind: 'address',
    changedOn: '2003-11-25',
    reportedOn: '2003-11-30',
    usState: 'VA',
    value: usAddress,
  },
  UnreportedChangeFound: {
    registrantId,
    kind: 'employment',
    changedOn: '2003-11-25',
    foundOn: '2004-01-30',
    value: { employer: 'Invented Works', usAddress },
  },
  DepartureConfirmed: {
    registrantId,
    departedOn: '2004-06-01',
    port: 'NYC',
    carrier: 'Invented Airways 1',
  },
  UnregisteredDepartureRecorded: {
    registrantId,
    departedOn: '2004-06-01',
    source: 'other',
    port: 'OAK',
  },
  IndividualNoticeServed: {
    registrantId,
    noticeId,
    servedOn: '2004-01-10',
    appearOn: '2004-01-20',
    reason,
  },
  NoticeInterviewCompleted: {
    registrantId,
    noticeId,
    interviewedOn: '2004-01-20',
    office: 'WAS',
    findings,
  },
  ExemptionGranted: {
    registrantId,
    duties: ['follow-up-interview', 'change-notice'],
    from: '2003-11-01',
    until: '2003-12-01',
    authority: 'Invented authority',
    reason,
  },
  StatusChanged: { registrantId, to: 'permanent-resident', changedOn: '2004-03-01' },
  GoodCauseAccepted: {
    registrantId,
    obligation: { duty: 'follow-up-interview', anchorOn: '2003-10-23' },
    decidedOn: '2004-01-01',
    reason,
    reliedOn,
  },
  WilfulnessDetermined: {
    registrantId,
    obligation: { duty: 'annual-reregistration', anchorOn: '2003-10-23', year: 1 },
    wilful: true,
    decidedOn: '2004-12-01',
    reason,
    reliedOn,
  },
  RemovalProceedingsInitiated: {
    registrantId,
    obligation: { duty: 'change-notice', anchorOn: '2003-11-25', kind: 'school' },
    initiatedOn: '2004-12-01',
    ground: 'Invented ground',
    reliedOn,
  },
  InadmissibilityPresumptionRebutted: {
    registrantId,
    departedOn: '2004-06-01',
    decidedOn: '2004-12-01',
    reason,
    reliedOn,
  },
  RecordCorrected: {
    registrantId,
    eventId: '00000000-0000-4000-8000-00000000000a',
    corrected: {
      type: 'FollowUpInterviewCompleted',
      version: 1,
      data: { registrantId, interviewedOn: '2003-11-26', office: 'WAS', findings },
    },
    reason,
  },
  RecordRescinded: { registrantId, eventId: '00000000-0000-4000-8000-00000000000a', reason },
};
