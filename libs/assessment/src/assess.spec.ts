import { describe, expect, it } from '@jest/globals';
import { enactedTimeline, foldPolicy } from '#libs/policy';
import {
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  assessed,
  ofDuty,
  recordedId,
  specStream,
  statuses,
  type SpecEvent,
} from '#libs/spec';

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

  it.each(cases)('is %s', (...[, later, on, expected]) => {
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
      recordedId(specStream, 2),
      recordedId(specStream, 4),
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

describe('records that were put right', () => {
  const wrong = anArrival({ arrivedOn: '2003-06-01' });
  const correction = {
    ...aFact('RecordCorrected', {
      eventId: recordedId(specStream, 0),
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
    const rescinded = aFact('RecordRescinded', { eventId: recordedId(specStream, 1) });
    expect(dueOn([wrong, correction, rescinded])).toEqual(['2003-07-11']);
    const gone = aFact('RecordRescinded', { eventId: recordedId(specStream, 0) });
    expect(dueOn([wrong, correction, gone])).toEqual([]);
  });
});

describe('looking ahead', () => {
  it('ends with the last day that there is', () => {
    const view = { on: '9999-12-31', upcoming: true } as const;
    expect(ofDuty(assessed([arrival], view).obligations, 'arrival-registration')).toHaveLength(1);
  });
});
