import { describe, expect, it } from '@jest/globals';
import { isRefused } from '#libs/kernel';
import {
  aCallIn,
  aCorrection,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aPerson,
  aRescission,
  givenRegistrant as given,
  longAfter,
  recorded,
  recordedId,
  type SpecEvent,
  specStream,
  toCorrect,
  toRescind,
  wholeEvents,
} from '#libs/spec';
import type { RegistrantCommand } from './commands.js';
import { decideRegistrant } from './decide.js';
import type { RegistrantEvent } from './events.js';
import { foldRegistrant } from './state.js';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const interview = anInterview({ interviewedOn: '2003-11-25' });
const departure = aDeparture({ departedOn: '2003-12-05' });
const again = anArrival({ arrivedOn: '2004-02-01' });
const onFollowUp = {
  obligation: { duty: 'follow-up-interview', anchorOn: '2003-10-23' },
  reason: 'Invented reason',
  reliedOn: wholeEvents.GoodCauseAccepted.reliedOn,
} as const;

/** Which fact the command is refused with, by its place among the events, and why. */
function contradicted(events: readonly SpecEvent[], command: RegistrantCommand) {
  const state = foldRegistrant(recorded(specStream, events));
  const decision = decideRegistrant(command, state, longAfter);
  const detail = isRefused(decision) ? decision.refusal.detail : '';
  const code = isRefused(decision) ? decision.refusal.code : 'accepted';
  const at = events.findIndex((_, revision) => detail.includes(recordedId(specStream, revision)));
  return { code, at };
}

function by(at: number) {
  return { code: 'ContradictsRecordedFact', at };
}

describe('a correction or rescission', () => {
  it('is refused with the type, the day and the event of the fact that it would contradict', () => {
    const command = toCorrect(0, anArrival({ arrivedOn: '2003-12-01' }));
    const state = foldRegistrant(recorded(specStream, [arrival, interview]));
    expect(decideRegistrant(command, state, longAfter)).toEqual({
      refusal: {
        code: 'ContradictsRecordedFact',
        because: 'state',
        field: 'corrected.data',
        detail:
          'With this, the fact FollowUpInterviewCompleted of 2003-11-25 (event ' +
          `${recordedId(specStream, 1)}) would contradict the record. On 2003-11-25 the record has ` +
          'no stay under which the person had been registered: check the day, or correct the record ' +
          'of the arrival or departure. Correct or rescind that fact first.',
      },
    });
  });

  it('is refused with the first of such facts in the order of the log', () => {
    const events = [arrival, anInterview({ interviewedOn: '2003-11-28' }), interview, departure];
    const moved = anArrival({ arrivedOn: '2003-12-01' });
    expect(contradicted(events, toCorrect(0, moved))).toEqual(by(1));
    expect(contradicted(events, toRescind(0))).toEqual(by(1));
  });

  it('cannot move an interview out of its stay', () => {
    const events = [arrival, interview, departure];
    given(...events)
      .when(toCorrect(1, anInterview({ interviewedOn: '2003-10-22' })))
      .refuses('NoStayOnThatDay', { because: 'state', field: 'corrected.data.interviewedOn' });
    const afterwards = toCorrect(1, anInterview({ interviewedOn: '2003-12-06' }));
    expect(contradicted(events, afterwards)).toEqual(by(2));
  });

  it('can move an interview into a stay of which was recorded after it', () => {
    const moved = anInterview({ interviewedOn: '2004-03-05' });
    given(arrival, interview, departure, again)
      .when(toCorrect(1, moved))
      .then(aCorrection(1, moved));
  });

  it('can correct an arrival that ended an open stay, and after which a departure was recorded', () => {
    const ported = anArrival({ arrivedOn: '2004-02-01', port: 'LOS' });
    const outcome = given(arrival, again, aDeparture({ departedOn: '2004-03-05' })).when(
      toCorrect(1, ported),
    );
    outcome.then(aCorrection(1, ported));
    outcome.warns(/it now ends on 2004-02-01/);
  });

  it.each<[string, RegistrantEvent]>([
    ['good cause accepted', aFact('GoodCauseAccepted', { ...onFollowUp, decidedOn: '2003-11-25' })],
    [
      'a removal proceeding',
      aFact('RemovalProceedingsInitiated', {
        obligation: onFollowUp.obligation,
        initiatedOn: '2003-11-25',
        ground: 'Invented ground',
        reliedOn: onFollowUp.reliedOn,
      }),
    ],
  ])('is refused where it would take away the obligation of %s', (_what, decision) => {
    const moved = anArrival({ arrivedOn: '2003-10-22' });
    expect(contradicted([arrival, decision], toCorrect(0, moved))).toEqual(by(1));
    expect(contradicted([arrival, decision], toRescind(0))).toEqual(by(1));
  });

  it('is refused where an obligation would be kept whose failure was excused', () => {
    const arrived = anArrival({ arrivedOn: '2003-01-10' });
    const late = anInterview({ interviewedOn: '2003-03-01' });
    const excused = aFact('GoodCauseAccepted', {
      ...onFollowUp,
      obligation: { duty: 'follow-up-interview', anchorOn: '2003-01-10' },
      decidedOn: '2003-03-05',
    });
    const inTime = anInterview({ interviewedOn: '2003-02-15' });
    expect(contradicted([arrived, late, excused], toCorrect(1, inTime))).toEqual(by(2));
  });

  it('is refused where a later registration would have no basis any more', () => {
    const { person: _person, ...silent } = again.data;
    const onLookout = anArrival({
      arrivedOn: '2003-10-23',
      person: { ...aPerson, nationalities: ['FR'] },
      basis: { kind: 'lookout', lookoutRef: 'Invented lookout' },
    });
    const events: SpecEvent[] = [arrival, departure, { type: 'ArrivalRegistered', data: silent }];
    expect(contradicted(events, toCorrect(0, onLookout))).toEqual(by(2));
  });

  it('is refused where an interview would come before the notice was served', () => {
    const noticeId = '00000000-0000-4000-8000-000000000009';
    const served = (servedOn: string) =>
      aFact('IndividualNoticeServed', {
        noticeId,
        servedOn,
        appearOn: '2004-01-20',
        reason: 'Invented reason',
      });
    const appeared = aFact('NoticeInterviewCompleted', {
      noticeId,
      interviewedOn: '2004-01-15',
      office: 'WAS',
    });
    const events = [arrival, served('2004-01-10'), appeared];
    expect(contradicted(events, toCorrect(1, served('2004-01-16')))).toEqual(by(2));
    expect(contradicted(events, toRescind(1))).toEqual(by(2));
  });

  it('does not count what stood in contradiction before', () => {
    const stray = anInterview({ interviewedOn: '2003-01-01' });
    const moved = anArrival({ arrivedOn: '2003-10-22' });
    given(arrival, stray).when(toCorrect(0, moved)).then(aCorrection(0, moved));
    given(arrival, stray).when(toRescind(0)).then(aRescission(0));
  });

  it('counts what newly contradicts a fact for which the law had no basis', () => {
    const french = { ...aPerson, nationalities: ['FR'] };
    const lawless = anArrival({ arrivedOn: '2004-02-01', person: french });
    const events = [
      anArrival({
        arrivedOn: '2003-10-23',
        person: french,
        basis: { kind: 'lookout', lookoutRef: 'L' },
      }),
      departure,
      lawless,
    ];
    const port = aDeparture({ departedOn: '2003-12-06' });
    given(...events)
      .when(toCorrect(1, port))
      .then(aCorrection(1, port));
    const later = toCorrect(1, aDeparture({ departedOn: '2004-02-02' }));
    expect(contradicted(events, later)).toEqual(by(2));
  });

  it('lets a fact say again what it was recorded with, though the law has no basis for it', () => {
    const lawless = aDeparture({ departedOn: '2003-12-05', port: 'OAK' });
    given(arrival, lawless, aCorrection(1, departure)).when(toRescind(2)).then(aRescission(2));
  });

  it('does not let a fact say again what contradicts the record', () => {
    const events = [
      arrival,
      anInterview({ interviewedOn: '2003-12-20' }),
      departure,
      aCorrection(2, aDeparture({ departedOn: '2004-01-05' })),
    ];
    expect(contradicted(events, toRescind(3))).toEqual(by(2));
  });

  it('is refused for what stands against it now, where it could not stand in its place either', () => {
    const left = (departedOn: string) => aDeparture({ departedOn });
    const events = [arrival, departure, again, anInterview({ interviewedOn: '2004-03-01' })];
    given(...events, aCorrection(1, left('2004-04-01')), aRescission(0))
      .when(toCorrect(1, left('2004-02-15')))
      .refuses('PresentAfterDeparture', { because: 'state', field: 'corrected.data.departedOn' });
  });

  it('is refused where both say the same in the end', () => {
    const events = [arrival, interview, anInterview({ interviewedOn: '2003-11-26' })];
    const same = toCorrect(1, anInterview({ interviewedOn: '2003-11-26' }));
    expect(contradicted(events, same)).toEqual(by(2));
    const first = anUnregisteredDeparture({ departedOn: '2003-12-04' });
    expect(
      contradicted(
        [arrival, anUnregisteredDeparture({ departedOn: '2003-12-05' }), departure],
        toCorrect(1, first),
      ),
    ).toEqual(by(2));
  });

  it('is refused where a call-in would name an admission that the record no longer has', () => {
    const events = [
      anArrival({ arrivedOn: '2002-09-25' }),
      aCallIn({
        registeredOn: '2003-01-20',
        group: 3,
        person: { ...aPerson, nationalities: ['IR', 'PK'] },
        admission: {
          ...aCallIn({ registeredOn: '2003-01-20' }).data.admission,
          admittedOn: '2002-09-25',
        },
      }),
    ];
    expect(contradicted(events, toCorrect(0, anArrival({ arrivedOn: '2002-09-24' })))).toEqual(
      by(1),
    );
  });
});
