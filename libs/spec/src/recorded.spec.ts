import { describe, expect, it } from '@jest/globals';
import { registrantStream } from '#libs/kernel';
import { aDeparture, aFact, anInterview, anUnregisteredDeparture } from './later-facts.js';
import { recorded, recordedId } from './recorded.js';
import { aCallIn, anArrival, SPEC_REGISTRANT } from './registrations.js';

const stream = registrantStream(SPEC_REGISTRANT);

describe('recorded events of a spec', () => {
  it('stand in their stream and in the log in the order given, each known on its own day', () => {
    const events = recorded(
      stream,
      [
        anArrival({ arrivedOn: '2003-10-23' }),
        { ...anInterview({ interviewedOn: '2003-11-25' }), recordedAt: '2003-12-24T08:00:00.000Z' },
        anUnregisteredDeparture({ departedOn: '2003-12-05' }),
        aFact('RecordRescinded', { eventId: recordedId(stream, 1) }),
      ],
      { position: 40 },
    );
    expect(events.map((event) => [event.position, event.revision, event.type])).toEqual([
      [40, 0, 'ArrivalRegistered'],
      [41, 1, 'FollowUpInterviewCompleted'],
      [42, 2, 'UnregisteredDepartureRecorded'],
      [43, 3, 'RecordRescinded'],
    ]);
    expect(events.map((event) => event.metadata.recordedAt.slice(0, 10))).toEqual([
      '2003-10-23',
      '2003-12-24',
      '2003-12-05',
      '2003-11-20',
    ]);
    expect(events[1]?.id).toBe(recordedId(stream, 1));
  });

  it('carry what the spec says and an invented rest', () => {
    expect(aCallIn({ registeredOn: '2002-12-16', group: 2 }).data).toMatchObject({
      registrantId: SPEC_REGISTRANT,
      group: 2,
      office: 'WAS',
    });
    expect(aDeparture({ departedOn: '2003-12-05', port: 'LOS' }).data).toEqual({
      registrantId: SPEC_REGISTRANT,
      departedOn: '2003-12-05',
      port: 'LOS',
    });
  });
});
