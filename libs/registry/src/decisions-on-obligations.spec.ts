import { describe, it } from '@jest/globals';
import { enactedPolicy } from '#libs/policy';
import {
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  givenRegistrant as given,
  longAfter,
  RULES_VERSION,
  SPEC_REGISTRANT,
} from '#libs/spec';
import type { RegistrantCommand } from './commands.js';
import type { ObligationKey, ReliedOn } from './events.js';

const registrantId = SPEC_REGISTRANT;
const reason = 'Invented reason';

/** Due on 2003-12-01, the day before the duty was suspended. */
const arrival = anArrival({ arrivedOn: '2003-10-22' });
const followUp: ObligationKey = { duty: 'follow-up-interview', anchorOn: '2003-10-22' };
const reliedOn = (status: string): ReliedOn => ({
  status,
  opensOn: '2003-11-21',
  dueOn: '2003-12-01',
  policyHash: enactedPolicy.hash,
  rulesVersion: RULES_VERSION,
});
/** Met late. */
const late = anInterview({ interviewedOn: '2003-12-10' });
const inTime = anInterview({ interviewedOn: '2003-11-25' });

type Decides = (decidedOn: string, obligation?: ObligationKey) => RegistrantCommand;

const acceptGoodCause: Decides = (decidedOn, obligation = followUp) => ({
  type: 'AcceptGoodCause',
  data: { registrantId, obligation, decidedOn, reason },
});
const determineWilfulness =
  (wilful: boolean): Decides =>
  (decidedOn, obligation = followUp) => ({
    type: 'DetermineWilfulness',
    data: { registrantId, obligation, wilful, decidedOn, reason },
  });
const initiateProceedings: Decides = (initiatedOn, obligation = followUp) => ({
  type: 'InitiateRemovalProceedings',
  data: { registrantId, obligation, initiatedOn, ground: 'Invented ground' },
});

const goodCause = (decidedOn: string, status = 'missed') =>
  aFact('GoodCauseAccepted', {
    obligation: followUp,
    decidedOn,
    reason,
    reliedOn: reliedOn(status),
  });
const wilfulness = (wilful: boolean, decidedOn: string, status = 'missed') =>
  aFact('WilfulnessDetermined', {
    obligation: followUp,
    wilful,
    decidedOn,
    reason,
    reliedOn: reliedOn(status),
  });
const proceedings = (initiatedOn: string, status = 'missed') =>
  aFact('RemovalProceedingsInitiated', {
    obligation: followUp,
    initiatedOn,
    ground: 'Invented ground',
    reliedOn: reliedOn(status),
  });

describe.each<{ command: string; decides: Decides; dayField: string }>([
  { command: 'AcceptGoodCause', decides: acceptGoodCause, dayField: 'decidedOn' },
  { command: 'DetermineWilfulness', decides: determineWilfulness(true), dayField: 'decidedOn' },
  { command: 'InitiateRemovalProceedings', decides: initiateProceedings, dayField: 'initiatedOn' },
])('$command', ({ decides, dayField }) => {
  it('is refused of nobody, on a day to come, and for a duty that there is not', () => {
    given()
      .when(decides('2004-01-01'))
      .refuses('RegistrantNotRegistered', { because: 'state', field: 'registrantId' });
    given(arrival)
      .when(decides('2004-01-01'), { ...longAfter, latestDay: '2003-12-31' })
      .refuses('DayInFuture', { because: 'rule', field: dayField });
    const unknown = { ...followUp, duty: 'tea-drinking' } as unknown as ObligationKey;
    given(arrival)
      .when(decides('2004-01-01', unknown))
      .refuses('UnknownCode', { because: 'rule', field: 'obligation.duty' });
  });

  it('is refused of another registrant', () => {
    const command = decides('2004-01-01');
    const data = { ...command.data, registrantId: '00000000-0000-4000-8000-000000000002' };
    given(arrival)
      .when({ ...command, data } as RegistrantCommand)
      .refuses('OtherRegistrant', { because: 'state' });
  });

  it.each<[string, ObligationKey]>([
    ['of another anchor', { ...followUp, anchorOn: '2003-10-23' }],
    ['of another duty', { duty: 'departure-registration', anchorOn: '2003-10-22' }],
    [
      'of a change that is not recorded',
      { duty: 'change-notice', anchorOn: '2003-11-25', kind: 'school' },
    ],
  ])('is refused for an obligation that is not imposed: one %s', (_which, key) => {
    given(arrival)
      .when(decides('2004-01-01', key))
      .refuses('ObligationNotImposed', { because: 'rule', field: 'obligation' });
  });

  it('names the enactment of the duty that imposes nothing here', () => {
    given(anArrival({ arrivedOn: '2003-11-02' }))
      .when(decides('2004-01-01', { ...followUp, anchorOn: '2003-11-02' }))
      .refuses('ObligationNotImposed', {
        rule: 'follow-up-interview-enacted',
        citation: '67 FR 52584',
      });
    given(arrival)
      .when(decides('2004-01-01', { duty: 'call-in-registration', anchorOn: '2003-10-22' }))
      .refuses('ObligationNotImposed');
  });

  it('is refused before the obligation opens, and before the arrival', () => {
    given(arrival).when(decides('2003-11-20')).refuses('ObligationNotYetOpen', {
      because: 'rule',
      field: dayField,
      rule: 'follow-up-interview-enacted',
    });
    given(arrival).when(decides('2003-10-21')).refuses('ObligationNotImposed');
  });
});

describe('AcceptGoodCause', () => {
  it('keeps what was assessed on its day: open, or missed', () => {
    given(arrival).when(acceptGoodCause('2003-11-21')).then(goodCause('2003-11-21', 'open'));
    given(arrival).when(acceptGoodCause('2003-12-02')).then(goodCause('2003-12-02'));
    // What happened after the day of the decision was not there to rely on.
    given(arrival, late).when(acceptGoodCause('2003-12-09')).then(goodCause('2003-12-09'));
  });

  it('is recorded for an obligation met late, and said not to undo that', () => {
    const outcome = given(arrival, late).when(acceptGoodCause('2003-12-10'));
    outcome.then(goodCause('2003-12-10', 'met-late'));
    outcome.warns(/stays so/);
    given(arrival).when(acceptGoodCause('2003-12-10')).warns();
  });

  it('is refused for an obligation that is met, or released', () => {
    given(arrival, inTime)
      .when(acceptGoodCause('2003-12-02'))
      .refuses('ObligationNotFailed', { because: 'state', field: 'obligation' });
    given(anArrival({ arrivedOn: '2003-10-23' }))
      .when(acceptGoodCause('2003-12-03', { ...followUp, anchorOn: '2003-10-23' }))
      .refuses('ObligationNotFailed', { because: 'state', field: 'obligation' });
  });

  it('is refused a second time for one obligation, on any day', () => {
    for (const day of ['2003-12-15', '2004-01-01', '2004-02-01']) {
      given(arrival, goodCause('2004-01-01'))
        .when(acceptGoodCause(day))
        .refuses('GoodCauseAlreadyAccepted', { because: 'state', field: 'obligation' });
    }
  });

  it('is refused where the failure was found wilful, not where it was found not to be', () => {
    given(arrival, wilfulness(true, '2004-01-01'))
      .when(acceptGoodCause('2004-02-01'))
      .refuses('FailureWasWilful', { because: 'state', field: 'obligation' });
    given(arrival, wilfulness(false, '2004-01-01'))
      .when(acceptGoodCause('2004-02-01'))
      .then(goodCause('2004-02-01'));
  });
});

describe('DetermineWilfulness', () => {
  it('keeps what was assessed on its day: missed, met late, or excused', () => {
    given(arrival)
      .when(determineWilfulness(true)('2003-12-02'))
      .then(wilfulness(true, '2003-12-02'));
    given(arrival, late)
      .when(determineWilfulness(true)('2003-12-10'))
      .then(wilfulness(true, '2003-12-10', 'met-late'));
    given(arrival, goodCause('2004-01-01'))
      .when(determineWilfulness(false)('2004-02-01'))
      .then(wilfulness(false, '2004-02-01', 'excused'));
  });

  it('is refused while the obligation may still be met', () => {
    given(arrival)
      .when(determineWilfulness(true)('2003-12-01'))
      .refuses('ObligationStillOpen', { because: 'state', field: 'decidedOn' });
  });

  it('is refused for an obligation that is met, or released', () => {
    given(arrival, inTime)
      .when(determineWilfulness(false)('2003-12-02'))
      .refuses('ObligationNotFailed', { because: 'state', field: 'obligation' });
    given(arrival, aDeparture({ departedOn: '2003-11-30' }))
      .when(determineWilfulness(true)('2003-12-02'))
      .refuses('ObligationNotFailed', { because: 'state', field: 'obligation' });
  });

  it('is refused a second time for one obligation, whichever way it was determined', () => {
    given(arrival, wilfulness(true, '2004-01-01'))
      .when(determineWilfulness(false)('2004-02-01'))
      .refuses('WilfulnessAlreadyDetermined', { because: 'state', field: 'obligation' });
  });

  it('is refused as wilful where good cause was accepted', () => {
    given(arrival, goodCause('2004-01-01'))
      .when(determineWilfulness(true)('2004-02-01'))
      .refuses('GoodCauseAlreadyAccepted', { because: 'state', field: 'obligation' });
  });
});

describe('InitiateRemovalProceedings', () => {
  const onAnotherGround = (initiatedOn: string): RegistrantCommand => ({
    type: 'InitiateRemovalProceedings',
    data: { registrantId, initiatedOn, ground: 'Invented ground' },
  });
  const forAnother = (initiatedOn: string) =>
    aFact('RemovalProceedingsInitiated', { initiatedOn, ground: 'Invented ground' });

  it('keeps what was assessed on its day, after a departure too', () => {
    const outcome = given(arrival).when(initiateProceedings('2003-12-02'));
    outcome.then(proceedings('2003-12-02'));
    outcome.warns();
    given(arrival, late).when(initiateProceedings('2003-12-10')).warns();
    given(arrival, aDeparture({ departedOn: '2003-12-05' }))
      .when(initiateProceedings('2004-01-01'))
      .then(proceedings('2004-01-01'));
  });

  it('is recorded, and said to rest on no failure, where there is none by that day', () => {
    const outcome = given(arrival, inTime).when(initiateProceedings('2003-12-02'));
    outcome.then(proceedings('2003-12-02', 'met'));
    outcome.warns(/is met by that day/);
    given(arrival)
      .when(initiateProceedings('2003-11-21'))
      .warns(/is open/);
  });

  it('is refused a second time for one obligation', () => {
    given(arrival, proceedings('2004-01-01'))
      .when(initiateProceedings('2004-02-01'))
      .refuses('ProceedingsAlreadyInitiated', { because: 'state', field: 'obligation' });
    given(arrival, forAnother('2004-01-01'))
      .when(initiateProceedings('2004-01-01'))
      .then(proceedings('2004-01-01'));
  });

  it('is recorded on another ground from the day of registration on, and relies on nothing', () => {
    for (const day of ['2003-10-22', '2011-12-31']) {
      const outcome = given(arrival).when(onAnotherGround(day));
      outcome.then(forAnother(day));
      outcome.warns();
    }
  });

  it('is recorded on another ground beside proceedings for an obligation', () => {
    given(arrival, proceedings('2004-01-01'))
      .when(onAnotherGround('2004-01-01'))
      .then(forAnother('2004-01-01'));
  });

  it('is refused on another ground before the person was registered, and of nobody', () => {
    given(arrival)
      .when(onAnotherGround('2003-10-21'))
      .refuses('DayBeforeRegistration', { because: 'state', field: 'initiatedOn' });
    given().when(onAnotherGround('2004-01-01')).refuses('RegistrantNotRegistered');
  });

  it('is refused on another ground twice a day', () => {
    given(arrival, forAnother('2004-01-01'))
      .when(onAnotherGround('2004-01-01'))
      .refuses('ProceedingsAlreadyInitiated', { because: 'state', field: 'initiatedOn' });
    given(arrival, forAnother('2004-01-01'))
      .when(onAnotherGround('2004-01-02'))
      .then(forAnother('2004-01-02'));
  });
});

describe('RebutPresumption', () => {
  const left = anUnregisteredDeparture({ departedOn: '2003-12-05' });
  const rebut = (departedOn: string, decidedOn: string): RegistrantCommand => ({
    type: 'RebutPresumption',
    data: { registrantId, departedOn, decidedOn, reason },
  });
  const rebutted = (departedOn: string, decidedOn: string) =>
    aFact('InadmissibilityPresumptionRebutted', {
      departedOn,
      decidedOn,
      reason,
      reliedOn: { ...reliedOn('missed'), opensOn: departedOn, dueOn: departedOn },
    });

  it('keeps that the registration of the departure was missed', () => {
    given(arrival, left)
      .when(rebut('2003-12-05', '2003-12-06'))
      .then(rebutted('2003-12-05', '2003-12-06'));
  });

  it('is refused on the day of the departure, which is not over', () => {
    given(arrival, left)
      .when(rebut('2003-12-05', '2003-12-05'))
      .refuses('NoPresumptionRaised', { because: 'state', field: 'departedOn' });
  });

  it('is refused for a departure that was registered, or excused', () => {
    given(arrival, aDeparture({ departedOn: '2003-12-05' }))
      .when(rebut('2003-12-05', '2004-01-01'))
      .refuses('NoPresumptionRaised', { because: 'state', field: 'departedOn' });
    const excused = aFact('GoodCauseAccepted', {
      ...goodCause('2004-01-01').data,
      obligation: { duty: 'departure-registration', anchorOn: '2003-12-05' },
    });
    given(arrival, left, excused)
      .when(rebut('2003-12-05', '2004-02-01'))
      .refuses('NoPresumptionRaised', { because: 'state', field: 'departedOn' });
  });

  it('is refused where no departure of that day had to be registered', () => {
    given(arrival, left).when(rebut('2003-12-06', '2004-01-01')).refuses('ObligationNotImposed', {
      because: 'rule',
      field: 'departedOn',
      rule: 'departure-registration-enacted',
    });
    given(arrival).when(rebut('2003-12-05', '2004-01-01')).refuses('ObligationNotImposed');
    given(arrival, left).when(rebut('2003-12-05', '2003-12-04')).refuses('ObligationNotImposed');
  });

  it('is refused a second time, but not for another departure', () => {
    const again = anArrival({ arrivedOn: '2004-02-01' });
    const leftAgain = anUnregisteredDeparture({ departedOn: '2004-03-01' });
    const events = [arrival, left, rebutted('2003-12-05', '2004-01-01'), again, leftAgain];
    given(...events)
      .when(rebut('2003-12-05', '2004-04-01'))
      .refuses('PresumptionAlreadyRebutted', { because: 'state', field: 'departedOn' });
    given(...events)
      .when(rebut('2004-03-01', '2004-04-01'))
      .then(rebutted('2004-03-01', '2004-04-01'));
  });

  it('is refused of nobody, and on a day to come', () => {
    given().when(rebut('2003-12-05', '2004-01-01')).refuses('RegistrantNotRegistered');
    given(arrival, left)
      .when(rebut('2003-12-05', '2004-01-01'), { ...longAfter, latestDay: '2003-12-31' })
      .refuses('DayInFuture', { because: 'rule', field: 'decidedOn' });
  });
});
