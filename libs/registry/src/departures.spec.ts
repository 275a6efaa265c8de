import { describe, it } from '@jest/globals';
import { foldPolicy } from '#libs/policy';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  givenRegistrant as given,
  longAfter,
  toRecord,
} from '#libs/spec';

const arrival = anArrival({ arrivedOn: '2003-10-23' });
const confirmed = (departedOn: string) => aDeparture({ departedOn });
const unregistered = (departedOn: string) => anUnregisteredDeparture({ departedOn });

describe.each([
  { command: 'ConfirmDeparture', departure: confirmed },
  { command: 'RecordUnregisteredDeparture', departure: unregistered },
])('$command', ({ departure }) => {
  it('is recorded on any day of an open stay, the day of arrival included', () => {
    for (const day of ['2003-10-23', '2003-12-05', '2010-01-01']) {
      given(arrival)
        .when(toRecord(departure(day)))
        .then(departure(day));
    }
  });

  it('is recorded from the day of a call-in registration on', () => {
    const callIn = aCallIn({ registeredOn: '2002-12-16' });
    given(callIn)
      .when(toRecord(departure('2002-12-16')))
      .then(departure('2002-12-16'));
    given(callIn)
      .when(toRecord(departure('2002-12-15')))
      .refuses('NoStayOnThatDay', { because: 'state', field: 'departedOn' });
  });

  it('is recorded for a stay of which only the next arrival told, up to the day of that', () => {
    const next = anArrival({ arrivedOn: '2004-02-01' });
    for (const day of ['2003-12-05', '2004-02-01']) {
      given(arrival, next)
        .when(toRecord(departure(day)))
        .then(departure(day));
    }
  });

  it('is refused of nobody', () => {
    given()
      .when(toRecord(departure('2003-12-05')))
      .refuses('RegistrantNotRegistered', { because: 'state', field: 'registrantId' });
  });

  it('is refused before the stay, and after it', () => {
    for (const day of ['2003-10-22', '2003-12-06']) {
      given(arrival, confirmed('2003-12-05'))
        .when(toRecord(departure(day)))
        .refuses('NoStayOnThatDay', { because: 'state', field: 'departedOn' });
    }
  });

  it('is refused within a stay that ended by a later departure', () => {
    for (const later of [confirmed('2003-12-05'), unregistered('2003-12-05')]) {
      given(arrival, later)
        .when(toRecord(departure('2003-12-04')))
        .refuses('DepartureAlreadyRecorded', { because: 'state', field: 'departedOn' });
    }
  });

  it('is refused on the day of a confirmed departure', () => {
    given(arrival, confirmed('2003-12-05'))
      .when(toRecord(departure('2003-12-05')))
      .refuses('DepartureAlreadyRecorded', { because: 'state', field: 'departedOn' });
  });

  it.each([
    ['an interview', anInterview({ interviewedOn: '2003-12-10' })],
    ['a re-registration', aReregistration({ reregisteredOn: '2003-12-10' })],
    [
      'an interview by notice',
      aFact('NoticeInterviewCompleted', {
        noticeId: '00000000-0000-4000-8000-000000000009',
        interviewedOn: '2003-12-10',
        office: 'WAS',
      }),
    ],
    [
      'the service of a notice',
      aFact('IndividualNoticeServed', {
        noticeId: '00000000-0000-4000-8000-000000000009',
        servedOn: '2003-12-10',
        appearOn: '2003-12-24',
        reason: 'Invented reason',
      }),
    ],
    ['a change of status', aFact('StatusChanged', { to: 'H1B', changedOn: '2003-12-10' })],
    [
      'a change that was reported later',
      aFact('ChangeReported', {
        kind: 'school',
        changedOn: '2003-12-10',
        reportedOn: '2003-12-20',
        value: { name: 'Invented School' },
      }),
    ],
    [
      'a change that was found later',
      aFact('UnreportedChangeFound', {
        kind: 'school',
        changedOn: '2003-12-10',
        foundOn: '2003-12-20',
      }),
    ],
  ])('is refused before %s in the same stay, but not on its day', (_name, appearance) => {
    given(arrival, appearance)
      .when(toRecord(departure('2003-12-09')))
      .refuses('PresentAfterDeparture', { because: 'state', field: 'departedOn' });
    given(arrival, appearance)
      .when(toRecord(departure('2003-12-10')))
      .then(departure('2003-12-10'));
  });

  it('is not hindered by what is decided or reported when the person has left', () => {
    const decisions = [
      aFact('RemovalProceedingsInitiated', {
        initiatedOn: '2004-01-10',
        ground: 'Invented ground',
      }),
      aFact('ChangeReported', {
        kind: 'school',
        changedOn: '2003-11-25',
        reportedOn: '2003-12-20',
        value: { name: 'Invented School' },
      }),
    ];
    given(arrival, ...decisions)
      .when(toRecord(departure('2003-12-05')))
      .then(departure('2003-12-05'));
  });

  it('is not hindered by an appearance in the next stay, or by one that belongs to none', () => {
    const events = [
      arrival,
      anArrival({ arrivedOn: '2004-02-01' }),
      anInterview({ interviewedOn: '2004-03-05' }),
    ];
    given(...events)
      .when(toRecord(departure('2003-12-05')))
      .then(departure('2003-12-05'));
    given(arrival, confirmed('2003-12-05'), anInterview({ interviewedOn: '2003-12-10' }))
      .when(toRecord(departure('2003-12-05')))
      .refuses('DepartureAlreadyRecorded');
  });

  it('is refused between the admission that a call-in registration names and that registration', () => {
    const person = { sex: 'M', bornOn: '1970-01-01', nationalities: ['PK'] } as const;
    const callIn = (admittedOn: string) =>
      aCallIn({
        registeredOn: '2003-02-01',
        group: 3,
        person,
        admission: { admittedOn, port: 'NYC', classOfAdmission: 'F1' },
      });
    const registered = anArrival({ arrivedOn: '2002-10-05', person });
    given(registered, callIn('2002-10-05'))
      .when(toRecord(departure('2002-12-01')))
      .refuses('PresentAfterDeparture', { because: 'state' });
    // Admitted again after it, he was out of the country in between.
    given(registered, callIn('2002-12-02'))
      .when(toRecord(departure('2002-12-01')))
      .then(departure('2002-12-01'));
  });

  it('is refused on a day that has not begun anywhere, and from an unknown port', () => {
    given(arrival)
      .when(toRecord(departure('2003-12-05')), { ...longAfter, latestDay: '2003-12-04' })
      .refuses('DayInFuture', { because: 'rule', field: 'departedOn' });
    const fact = departure('2003-12-05');
    const nowhere = { ...fact, data: { ...fact.data, port: 'XXX' } };
    given(arrival)
      .when(toRecord(nowhere as typeof fact))
      .refuses('UnknownCode', { because: 'rule', field: 'port' });
  });
});

describe('ConfirmDeparture', () => {
  it('takes the place of an unregistered departure of the same day', () => {
    given(arrival, unregistered('2003-12-05'))
      .when(toRecord(confirmed('2003-12-05')))
      .then(confirmed('2003-12-05'));
  });

  it('is refused at a port that is not designated on that day, and says the other way', () => {
    const oakland = aDeparture({ departedOn: '2009-11-24', port: 'OAK' });
    given(arrival)
      .when(toRecord(oakland))
      .refuses('PortNotDesignatedForDeparture', {
        because: 'rule',
        field: 'port',
        rule: 'departure-ports-2002',
        citation: '67 FR 61352',
        detail:
          'The port OAK is not designated for departure on 2009-11-24, so no departure was ' +
          'registered there: record it with RecordUnregisteredDeparture.',
      });
    const dayAfter = aDeparture({ departedOn: '2009-11-25', port: 'OAK' });
    given(arrival).when(toRecord(dayAfter)).then(dayAfter);
  });

  it('is refused where ports were added since, naming the list that first said where', () => {
    const saipan = aDeparture({ departedOn: '2009-11-27', port: 'SAI' });
    given(arrival)
      .when(toRecord(saipan))
      .refuses('PortNotDesignatedForDeparture', { rule: 'departure-ports-2002' });
  });

  it('is refused before the first designation of ports, naming it', () => {
    given(anArrival({ arrivedOn: '2002-09-11' }))
      .when(toRecord(confirmed('2002-09-30')))
      .refuses('PortNotDesignatedForDeparture', { rule: 'departure-ports-2002' });
  });

  it('is refused after the delisting, which ended the designations', () => {
    given(arrival)
      .when(toRecord(confirmed('2011-04-28')))
      .refuses('PortNotDesignatedForDeparture', { rule: 'countries-delisted' });
  });

  it('is refused where no port was ever designated', () => {
    given(arrival)
      .when(toRecord(confirmed('2003-12-05')), { ...longAfter, policy: foldPolicy([]) })
      .refuses('PortNotDesignatedForDeparture');
  });
});

describe('RecordUnregisteredDeparture', () => {
  it('is refused beside another unregistered departure of the same day', () => {
    given(arrival, unregistered('2003-12-05'))
      .when(toRecord(unregistered('2003-12-05')))
      .refuses('DepartureAlreadyRecorded', { because: 'state', field: 'departedOn' });
  });

  it('is recorded at any port, on any day, from any known source', () => {
    const departure = anUnregisteredDeparture({
      departedOn: '2011-12-31',
      source: 'own-statement',
      port: 'OAK',
    });
    given(arrival).when(toRecord(departure)).then(departure);
    const unknown = { ...departure, data: { ...departure.data, source: 'hearsay' } };
    given(arrival)
      .when(toRecord(unknown as typeof departure))
      .refuses('UnknownCode', { field: 'source' });
  });
});
