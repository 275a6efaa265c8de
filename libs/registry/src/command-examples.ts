import type { RegistrantCommandData, RegistrantCommandName } from './commands.js';

/** An invented student who arrived on 2003-10-23 and goes home on the demo's day. */
const STUDENT = '5c0ffee5-0000-4000-8000-000000000001';
/** An invented man who was registered at the call-in of the first group, a year before. */
const CALLED_IN = '5c0ffee5-0000-4000-8000-000000000002';

/** An invented notice that calls the student to an interview. */
const NOTICE = '5c0ffee5-0000-4000-8000-000000000009';

/**
 * Stands in the examples for the id of the event that is to be corrected or rescinded, which differs
 * in every registry: the answer to the command that recorded it names it (`events[0].id`), and so does
 * the record of the person.
 */
export const EXAMPLE_EVENT = '5c0ffee5-0000-4000-8000-00000000000e';

/** The second man's new employer, of which nobody was told within 10 days. */
const UNREPORTED = { duty: 'change-notice', anchorOn: '2003-09-01', kind: 'employment' } as const;

/**
 * A complete body of each command. Those of each person work one after the other on the demo's day,
 * 2003-11-20, once the last two name the event of the student's follow-up interview. Names and numbers
 * are obviously invented.
 */
export const registrantCommandExamples: RegistrantCommandData = {
  RegisterArrival: {
    registrantId: STUDENT,
    fin: '9990001',
    arrivedOn: '2003-10-23',
    port: 'NYC',
    classOfAdmission: 'F1',
    admittedUntil: '2004-06-30',
    admissionNumber: '99900000001',
    basis: { kind: 'designation' },
    person: { sex: 'M', bornOn: '1980-02-29', nationalities: ['IR'] },
    identity: {
      familyName: 'Exemplar',
      givenNames: 'Arrivo',
      birthCountry: 'IR',
      passport: { number: 'SPECIMEN1', country: 'IR' },
    },
    purposeCode: 'study',
    visit: {
      purpose: 'A year of studies at an invented university',
      background: 'Invented graduate of an invented school',
      usAddress: {
        line1: '1 Sample Street',
        line2: 'Room 0',
        city: 'Exampleton',
        state: 'VA',
        zip: '00000',
      },
      contact: { name: 'Host Example', phone: '555-0100', email: 'host@example.org' },
      itinerary: 'New York, then Exampleton',
    },
    biometrics: { fingerprintsRef: 'specimen-prints-1', photographRef: 'specimen-photo-1' },
    documents: [{ kind: 'student form', number: 'SPECIMEN-FORM-1', country: 'US' }],
  },
  RegisterAtCallIn: {
    registrantId: CALLED_IN,
    fin: '9990002',
    registeredOn: '2002-11-25',
    office: 'LOS',
    group: 1,
    admission: {
      admittedOn: '2002-07-04',
      port: 'LOS',
      classOfAdmission: 'H1B',
      admittedUntil: '2005-07-03',
      admissionNumber: '99900000002',
    },
    person: { sex: 'M', bornOn: '1970-05-05', nationalities: ['SY'] },
    identity: {
      familyName: 'Exemplar',
      givenNames: 'Convocato',
      birthCountry: 'SY',
      passport: { number: 'SPECIMEN2', country: 'SY' },
    },
    purposeCode: 'work',
    visit: {
      purpose: 'Work at an invented company',
      usAddress: { line1: '2 Sample Avenue', city: 'Exampleville', state: 'CA', zip: '00000' },
    },
    biometrics: { fingerprintsRef: 'specimen-prints-2', photographRef: 'specimen-photo-2' },
  },
  CompleteFollowUpInterview: {
    registrantId: STUDENT,
    interviewedOn: '2003-11-20',
    office: 'WAS',
    findings: 'Invented findings: nothing to remark',
  },
  ReregisterAnnually: {
    registrantId: CALLED_IN,
    reregisteredOn: '2003-11-19',
    office: 'LOS',
    findings: 'Invented findings: nothing to remark',
  },
  ReportChange: {
    registrantId: CALLED_IN,
    kind: 'address',
    changedOn: '2003-11-10',
    reportedOn: '2003-11-17',
    value: { line1: '3 Sample Road', city: 'Exampleburg', state: 'CA', zip: '00000' },
  },
  RecordUnreportedChange: {
    registrantId: CALLED_IN,
    kind: 'employment',
    changedOn: '2003-09-01',
    foundOn: '2003-11-19',
    value: {
      employer: 'Another Invented Company',
      usAddress: { line1: '4 Sample Road', city: 'Exampleburg', state: 'CA', zip: '00000' },
    },
  },
  ConfirmDeparture: {
    registrantId: STUDENT,
    departedOn: '2003-11-20',
    port: 'NYC',
    carrier: 'Example Airways 0001',
  },
  RecordUnregisteredDeparture: {
    registrantId: CALLED_IN,
    departedOn: '2003-11-19',
    source: 'carrier-manifest',
    port: 'LOS',
  },
  ServeIndividualNotice: {
    registrantId: STUDENT,
    noticeId: NOTICE,
    servedOn: '2003-11-10',
    appearOn: '2003-11-20',
    reason: 'Invented reason: an invented question about the studies',
  },
  CompleteNoticeInterview: {
    registrantId: STUDENT,
    noticeId: NOTICE,
    interviewedOn: '2003-11-20',
    office: 'WAS',
    findings: 'Invented findings: nothing to remark',
  },
  GrantExemption: {
    registrantId: STUDENT,
    duties: ['change-notice', 'annual-reregistration'],
    from: '2003-11-15',
    until: '2004-07-01',
    authority: 'Invented director of an invented office',
    reason: 'Invented reason: a fellowship of an invented foundation',
  },
  RecordStatusChange: { registrantId: STUDENT, to: 'J1', changedOn: '2003-11-18' },
  AcceptGoodCause: {
    registrantId: CALLED_IN,
    obligation: UNREPORTED,
    decidedOn: '2003-11-20',
    reason: 'Invented reason: a stay in an invented hospital',
  },
  DetermineWilfulness: {
    registrantId: CALLED_IN,
    obligation: UNREPORTED,
    wilful: false,
    decidedOn: '2003-11-20',
    reason: 'Invented reason: the letter went to an invented address',
  },
  InitiateRemovalProceedings: {
    registrantId: CALLED_IN,
    obligation: { duty: 'departure-registration', anchorOn: '2003-11-19' },
    initiatedOn: '2003-11-20',
    ground: 'Invented ground: left without registering the departure',
  },
  RebutPresumption: {
    registrantId: CALLED_IN,
    departedOn: '2003-11-19',
    decidedOn: '2003-11-20',
    reason: 'Invented reason: the officer at the invented counter had left',
  },
  CorrectRecord: {
    registrantId: STUDENT,
    eventId: EXAMPLE_EVENT,
    corrected: {
      type: 'FollowUpInterviewCompleted',
      version: 1,
      data: {
        registrantId: STUDENT,
        interviewedOn: '2003-11-20',
        office: 'NYC',
        findings: 'Invented findings: nothing to remark',
      },
    },
    reason: 'Invented reason: the form came from another office',
  },
  RescindRecord: {
    registrantId: STUDENT,
    eventId: EXAMPLE_EVENT,
    reason: 'Invented reason: it was the interview of somebody else',
  },
};

export const registrantCommandNames = Object.keys(
  registrantCommandExamples,
) as readonly RegistrantCommandName[];
