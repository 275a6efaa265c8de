import { describe, expect, it } from '@jest/globals';
import { enactedTimeline, foldPolicy, type Policy, type PolicyRecord } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  recorded,
  recordedId,
  SPEC_REGISTRANT,
  type SpecEvent,
} from '#libs/spec';
import { assess, type AssessmentView } from './assess.js';
import type { Obligation } from './obligation.js';

const enacted = foldPolicy(enactedTimeline);
const stream = `registrant-${SPEC_REGISTRANT}`;

function assessed(
  events: readonly SpecEvent[],
  view: Partial<AssessmentView> & Pick<AssessmentView, 'on'>,
  policy: Policy = enacted,
) {
  const subject = { registrantId: SPEC_REGISTRANT, events: recorded(stream, events) };
  const world = policy === enacted ? { policy } : { policy, recorded: enacted };
  return assess(subject, world, { presence: 'until-departure', ...view });
}

function ofDuty(obligations: readonly Obligation[], duty: string): readonly Obligation[] {
  return obligations.filter((obligation) => obligation.duty === duty);
}

function statuses(events: readonly SpecEvent[], on: string, duty: string): readonly string[] {
  return ofDuty(assessed(events, { on }).obligations, duty).map(({ status }) => status);
}

const arrival = anArrival({ arrivedOn: '2003-06-01', admittedUntil: '2003-08-31' });

describe('a follow-up interview after an arrival on 2003-06-01, open from 2003-07-01 to 2003-07-11', () => {
  const cases: readonly [string, readonly SpecEvent[], string, string][] = [
    ['open on its first day', [], '2003-07-01', 'open'],
    ['still open on its last day', [], '2003-07-11', 'open'],
    ['missed the day after', [], '2003-07-12', 'missed'],
    ['met on its first day', [anInterview({ interviewedOn: '2003-07-01' })], '2003-09-01', 'met'],
    ['met on its last day', [anInterview({ interviewedOn: '2003-07-11' })], '2003-09-01', 'met'],
    ['met late', [anInterview({ interviewedOn: '2003-07-12' })], '2003-09-01', 'met-late'],
    [
      'not met by what came before it opened',
      [anInterview({ interviewedOn: '2003-06-30' })],
      '2003-09-01',
      'missed',
    ],
    [
      'released by a departure on its last day',
      [aDeparture({ departedOn: '2003-07-11' })],
      '2003-09-01',
      'released',
    ],
    [
      'not released by a departure after it',
      [aDeparture({ departedOn: '2003-07-12' })],
      '2003-09-01',
      'missed',
    ],
    [
      'met on the very day of the departure, since a stay ends with its day',
      [anInterview({ interviewedOn: '2003-07-05' }), aDeparture({ departedOn: '2003-07-05' })],
      '2003-09-01',
      'met',
    ],
    [
      'released by an exemption that began meanwhile',
      [
        aFact('ExemptionGranted', {
          duties: ['follow-up-interview'],
          from: '2003-07-05',
          authority: 'an officer',
        }),
      ],
      '2003-09-01',
      'released',
    ],
    [
      'not met on the day on which an exemption began',
      [
        aFact('ExemptionGranted', {
          duties: ['follow-up-interview'],
          from: '2003-07-05',
          authority: 'an officer',
        }),
        anInterview({ interviewedOn: '2003-07-05' }),
      ],
      '2003-09-01',
      'released',
    ],
    [
      'released by asylum',
      [aFact('StatusChanged', { to: 'asylee', changedOn: '2003-07-11' })],
      '2003-09-01',
      'released',
    ],
    [
      'not touched by a change to another class of the programme',
      [aFact('StatusChanged', { to: 'H1B', changedOn: '2003-07-05' })],
      '2003-09-01',
      'missed',
    ],
    [
      'excused by good cause',
      [
        aFact('GoodCauseAccepted', {
          obligation: { duty: 'follow-up-interview', anchorOn: '2003-06-01' },
          decidedOn: '2003-08-01',
          reliedOn: {
            status: 'missed',
            opensOn: '2003-07-01',
            dueOn: '2003-07-11',
            policyHash: '',
            rulesVersion: '',
          },
        }),
      ],
      '2003-09-01',
      'excused',
    ],
    [
      'not excused by good cause for another',
      [
        aFact('GoodCauseAccepted', {
          obligation: { duty: 'annual-reregistration', anchorOn: '2003-06-01', year: 1 },
          decidedOn: '2003-08-01',
          reliedOn: {
            status: 'missed',
            opensOn: '2003-07-01',
            dueOn: '2003-07-11',
            policyHash: '',
            rulesVersion: '',
          },
        }),
      ],
      '2003-09-01',
      'missed',
    ],
    [
      'released by the next arrival',
      [anArrival({ arrivedOn: '2003-07-08' })],
      '2003-07-09',
      'released',
    ],
  ];

  it.each(cases)('is %s', (_, later, on, expected) => {
    expect(statuses([arrival, ...later], on, 'follow-up-interview')[0]).toBe(expected);
  });

  it.each([
    [
      'an exemption that covers the opening day',
      aFact('ExemptionGranted', {
        duties: ['follow-up-interview'],
        from: '2003-06-15',
        until: '2003-07-02',
        authority: 'an officer',
      }),
    ],
    [
      'a status outside the programme on the opening day',
      aFact('StatusChanged', { to: 'permanent-resident', changedOn: '2003-07-01' }),
    ],
    ['a departure before the opening day', aDeparture({ departedOn: '2003-06-30' })],
  ])('is not imposed under %s', (_, fact) => {
    expect(statuses([arrival, fact], '2003-09-01', 'follow-up-interview')).toEqual([]);
  });

  it('is imposed where the exemption ended on the opening day', () => {
    const exemption = aFact('ExemptionGranted', {
      duties: ['follow-up-interview'],
      from: '2003-06-15',
      until: '2003-07-01',
      authority: 'an officer',
    });
    expect(statuses([arrival, exemption], '2003-09-01', 'follow-up-interview')).toEqual(['missed']);
  });

  it('counts a second interview, and one in no stay, as unneeded', () => {
    const events = [
      arrival,
      anInterview({ interviewedOn: '2003-07-02' }),
      anInterview({ interviewedOn: '2003-07-03' }),
      aDeparture({ departedOn: '2003-08-01' }),
      anInterview({ interviewedOn: '2003-08-02' }),
    ];
    expect(assessed(events, { on: '2003-09-01' }).unneeded).toEqual([
      recordedId(stream, 2),
      recordedId(stream, 4),
    ]);
  });
});

describe('what lies ahead', () => {
  const student = [anArrival({ arrivedOn: '2003-10-23' })];

  it('is listed on request, judged by what was published by then', () => {
    const ahead = assessed(student, { on: '2003-11-20', upcoming: true }).obligations;
    expect(ahead.map(({ duty, opensOn, dueOn, status }) => [duty, opensOn, dueOn, status])).toEqual(
      [
        ['arrival-registration', '2003-10-23', '2003-10-23', 'met'],
        ['follow-up-interview', '2003-11-22', '2003-12-02', 'upcoming'],
        ['annual-reregistration', '2004-10-13', '2004-11-02', 'upcoming'],
      ],
    );
    expect(assessed(student, { on: '2003-11-20' }).obligations).toHaveLength(1);
  });

  it('ends where the suspension has been published', () => {
    const ahead = assessed(student, { on: '2003-12-02', upcoming: true }).obligations;
    expect(ahead.map(({ duty, status }) => [duty, status])).toEqual([
      ['arrival-registration', 'met'],
      ['follow-up-interview', 'released'],
    ]);
  });

  it('reaches 400 days and not one more', () => {
    const years = (on: string) =>
      ofDuty(assessed(student, { on, upcoming: true }).obligations, 'annual-reregistration');
    expect(years('2003-10-23')).toHaveLength(1);
    expect(years('2003-10-24').map(({ year }) => year)).toEqual([1]);
    const second = foldPolicy(
      enactedTimeline.filter(({ publishedOn }) => publishedOn < '2003-12-02'),
    );
    const ofYear = (on: string) =>
      ofDuty(
        assessed(student, { on, upcoming: true }, second).obligations,
        'annual-reregistration',
      ).map(({ year }) => year);
    // Year 2 opens on 2005-10-13, 400 days after 2004-09-08.
    expect(ofYear('2004-09-07')).toEqual([1]);
    expect(ofYear('2004-09-08')).toEqual([1, 2]);
  });
});

describe('yearly re-registrations', () => {
  const withoutSuspension = foldPolicy(
    enactedTimeline.filter(({ ref }) => ref !== 'domestic-registration-suspended'),
  );

  it('are counted from the arrival; a late one counts until the next window opens, and not for two years', () => {
    const events = [
      anArrival({ arrivedOn: '2002-09-15' }),
      aReregistration({ reregisteredOn: '2003-09-30' }),
      aReregistration({ reregisteredOn: '2004-09-10' }),
    ];
    const { obligations, unneeded } = assessed(events, { on: '2004-12-01' }, withoutSuspension);
    expect(
      ofDuty(obligations, 'annual-reregistration').map(({ year, opensOn, dueOn, status }) => [
        year,
        opensOn,
        dueOn,
        status,
      ]),
    ).toEqual([
      [1, '2003-09-05', '2003-09-25', 'met-late'],
      [2, '2004-09-05', '2004-09-25', 'met'],
    ]);
    expect(unneeded).toEqual([]);
  });

  it('never fall back on an older year', () => {
    const events = [
      anArrival({ arrivedOn: '2002-09-15' }),
      aReregistration({ reregisteredOn: '2004-09-05' }),
      aReregistration({ reregisteredOn: '2004-09-06' }),
    ];
    const { obligations, unneeded } = assessed(events, { on: '2004-12-01' }, withoutSuspension);
    expect(ofDuty(obligations, 'annual-reregistration').map(({ status }) => status)).toEqual([
      'missed',
      'met',
    ]);
    expect(unneeded).toEqual([recordedId(stream, 2)]);
  });

  it('hang on the call-in where that is what brought the stay under registration', () => {
    const events = [
      aCallIn({ registeredOn: '2002-11-20' }),
      aReregistration({ reregisteredOn: '2003-11-15' }),
    ];
    const [annual] = ofDuty(
      assessed(events, { on: '2003-12-31' }).obligations,
      'annual-reregistration',
    );
    expect(annual).toMatchObject({
      anchorOn: '2002-11-20',
      year: 1,
      status: 'met',
      satisfiedOn: '2003-11-15',
    });
  });

  it('are met late even after the suspension, where the due day fell before it', () => {
    const events = [
      anArrival({ arrivedOn: '2002-11-15' }),
      aReregistration({ reregisteredOn: '2004-01-10' }),
    ];
    const [annual] = ofDuty(
      assessed(events, { on: '2004-12-01' }).obligations,
      'annual-reregistration',
    );
    expect(annual).toMatchObject({ dueOn: '2003-11-25', status: 'met-late' });
  });

  it('do not go on for one who is assumed to have left when the admission ended', () => {
    const events = [anArrival({ arrivedOn: '2002-09-15', admittedUntil: '2003-03-14' })];
    const view = { on: '2003-10-31', presence: 'until-admitted-until' } as const;
    expect(ofDuty(assessed(events, view).obligations, 'annual-reregistration')).toEqual([]);
    const heardOf = [
      ...events,
      aFact('ChangeReported', {
        kind: 'school',
        changedOn: '2003-03-01',
        reportedOn: '2003-09-10',
      }),
    ];
    expect(
      ofDuty(assessed(heardOf, view).obligations, 'annual-reregistration').map(
        ({ status, closedOn }) => [status, closedOn],
      ),
    ).toEqual([['released', '2003-09-10']]);
  });

  it('are suspended and revived by name, and what was released stays released', () => {
    const reinstated: PolicyRecord = {
      type: 'DomesticRegistrationReinstated',
      ref: 'reinstated',
      title: 'An invented reinstatement',
      authority: 'DHS',
      citation: 'invented',
      publishedOn: '2004-06-01',
      effectiveOn: '2004-06-01',
      verified: false,
      known: 'always',
      data: { duties: ['annual-reregistration'] },
    };
    const revived = foldPolicy([...enactedTimeline, reinstated]);
    const events = [anArrival({ arrivedOn: '2002-12-05' })];
    const annual = ofDuty(
      assessed(events, { on: '2004-12-31' }, revived).obligations,
      'annual-reregistration',
    );
    expect(annual.map(({ year, status, because }) => [year, status, because])).toEqual([
      [1, 'released', ['annual-reregistration-enacted', 'domestic-registration-suspended']],
      [2, 'untested', ['annual-reregistration-enacted', 'reinstated']],
    ]);
  });
});

describe('registration on arrival', () => {
  const lookout = anArrival({
    arrivedOn: '2003-05-01',
    person: { sex: 'F', bornOn: '1970-01-01', nationalities: ['FR'] },
    basis: { kind: 'lookout', lookoutRef: 'synthetic' },
  });

  it('names the designation, or the authorisation of a lookout', () => {
    expect(assessed([arrival], { on: '2003-06-01' }).obligations[0]?.because).toEqual([
      'arrival-registration-enacted',
      'five-country-designation',
    ]);
    expect(assessed([lookout], { on: '2003-06-01' }).obligations[0]?.because).toEqual([
      'arrival-registration-enacted',
      'officer-discretion-authorised',
    ]);
  });

  it('is not imposed by discretion on a criterion that nobody authorised', () => {
    const basis = { kind: 'officer-discretion', criteria: ['a-hunch'] } as const;
    const { obligations, unneeded } = assessed([{ ...lookout, data: { ...lookout.data, basis } }], {
      on: '2003-06-01',
    });
    expect(obligations).toEqual([]);
    expect(unneeded).toHaveLength(1);
  });

  it('matches any of several nationalities', () => {
    const person = { sex: 'F', bornOn: '1970-01-01', nationalities: ['FR', 'SY'] } as const;
    expect(
      statuses(
        [anArrival({ arrivedOn: '2003-05-01', person })],
        '2003-06-01',
        'arrival-registration',
      ),
    ).toEqual(['met']);
  });

  it.each([
    ['A2', []],
    ['F1', ['met']],
  ])('asks nothing of class %s outside the programme', (classOfAdmission, expected) => {
    expect(
      statuses(
        [anArrival({ arrivedOn: '2003-05-01', classOfAdmission })],
        '2003-06-01',
        'arrival-registration',
      ),
    ).toEqual(expected);
  });

  it("takes the stay's other duties with it where it falls away", () => {
    const policy = foldPolicy(
      enactedTimeline.filter(({ ref }) => ref !== 'five-country-designation'),
    );
    const { obligations, unneeded } = assessed(
      [arrival, anInterview({ interviewedOn: '2003-07-02' })],
      { on: '2003-09-01' },
      policy,
    );
    expect(obligations).toEqual([]);
    expect(unneeded).toHaveLength(2);
  });
});

describe('departures, changes and notices', () => {
  it('a departure is open on its own day, and missed at a port not designated', () => {
    const gone = [arrival, anUnregisteredDeparture({ departedOn: '2003-06-20' })];
    expect(statuses(gone, '2003-06-20', 'departure-registration')).toEqual(['open']);
    expect(statuses(gone, '2003-06-21', 'departure-registration')).toEqual(['missed']);
    const elsewhere = [arrival, aDeparture({ departedOn: '2003-06-20', port: 'OAK' })];
    expect(statuses(elsewhere, '2003-06-21', 'departure-registration')).toEqual(['missed']);
    expect(assessed(elsewhere, { on: '2003-06-21' }).unneeded).toHaveLength(1);
  });

  it('crew are exempt from departure registration from December 2003 on', () => {
    const crew = (departedOn: string) => [
      anArrival({ arrivedOn: '2003-11-20', classOfAdmission: 'D1' }),
      anUnregisteredDeparture({ departedOn }),
    ];
    expect(statuses(crew('2003-12-01'), '2004-01-01', 'departure-registration')).toEqual([
      'missed',
    ]);
    expect(statuses(crew('2003-12-02'), '2004-01-01', 'departure-registration')).toEqual([]);
  });

  it('a change before the 30th day after an arrival needs no notice', () => {
    const change = (changedOn: string) => [
      arrival,
      aFact('ChangeReported', { kind: 'employment', changedOn, reportedOn: changedOn }),
    ];
    expect(statuses(change('2003-06-30'), '2003-09-01', 'change-notice')).toEqual([]);
    expect(statuses(change('2003-07-01'), '2003-09-01', 'change-notice')).toEqual(['met']);
  });

  it('a change found unreported is missed until it is reported; a report before the change is none', () => {
    const found = aFact('UnreportedChangeFound', {
      kind: 'school',
      changedOn: '2003-07-10',
      foundOn: '2003-08-10',
    });
    expect(statuses([arrival, found], '2003-09-01', 'change-notice')).toEqual(['missed']);
    const late = aFact('ChangeReported', {
      kind: 'school',
      changedOn: '2003-07-10',
      reportedOn: '2003-08-12',
    });
    expect(statuses([arrival, found, late], '2003-09-01', 'change-notice')).toEqual(['met-late']);
    const early = aFact('ChangeReported', {
      kind: 'school',
      changedOn: '2003-07-10',
      reportedOn: '2003-07-01',
    });
    expect(statuses([arrival, early], '2003-09-01', 'change-notice')).toEqual([]);
  });

  it('an individual notice is answered by its own interview', () => {
    const noticeId = '00000000-0000-4000-8000-0000000000aa';
    const events = [
      anArrival({ arrivedOn: '2003-11-01' }),
      aFact('IndividualNoticeServed', { noticeId, servedOn: '2004-02-01', appearOn: '2004-02-10' }),
    ];
    const came = (interviewedOn: string) =>
      aFact('NoticeInterviewCompleted', { noticeId, interviewedOn, office: 'NYC' });
    expect(statuses(events, '2004-02-05', 'notice-interview')).toEqual(['open']);
    expect(statuses(events, '2004-02-11', 'notice-interview')).toEqual(['missed']);
    expect(statuses([...events, came('2004-02-10')], '2004-03-01', 'notice-interview')).toEqual([
      'met',
    ]);
    expect(statuses([...events, came('2004-02-11')], '2004-03-01', 'notice-interview')).toEqual([
      'met-late',
    ]);
  });
});

describe('records that were put right', () => {
  const wrong = anArrival({ arrivedOn: '2003-06-01' });
  const correction = {
    ...aFact('RecordCorrected', {
      eventId: recordedId(stream, 0),
      corrected: {
        type: 'ArrivalRegistered',
        version: 1,
        data: { ...wrong.data, arrivedOn: '2003-06-11' },
      },
    }),
    recordedAt: '2003-08-01T12:00:00.000Z',
  };
  const dueOn = (events: readonly SpecEvent[], knownAt?: string) =>
    ofDuty(
      assessed(events, { on: '2003-09-01', ...(knownAt && { knownAt }) }).obligations,
      'follow-up-interview',
    ).map((obligation) => obligation.dueOn);

  it('hold from the instant of their correction', () => {
    expect(dueOn([wrong, correction])).toEqual(['2003-07-21']);
    expect(dueOn([wrong, correction], '2003-07-31T00:00:00.000Z')).toEqual(['2003-07-11']);
  });

  it('stand again when the correction is rescinded, and are gone when they are', () => {
    const rescinded = aFact('RecordRescinded', { eventId: recordedId(stream, 1) });
    expect(dueOn([wrong, correction, rescinded])).toEqual(['2003-07-11']);
    const gone = aFact('RecordRescinded', { eventId: recordedId(stream, 0) });
    expect(dueOn([wrong, correction, gone])).toEqual([]);
  });
});
