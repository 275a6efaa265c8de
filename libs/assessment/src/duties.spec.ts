import { describe, expect, it } from '@jest/globals';
import { enactedTimeline, foldPolicy, type PolicyRecord } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  assessed,
  ofDuty,
  recordedId,
  specStream,
  statuses,
} from '#libs/spec';

const arrival = anArrival({ arrivedOn: '2003-06-01', admittedUntil: '2003-08-31' });

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
    expect(unneeded).toEqual([recordedId(specStream, 2)]);
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
