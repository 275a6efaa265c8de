import { describe, expect, it } from '@jest/globals';
import { registrantStream } from '#libs/kernel';
import {
  aCorrection,
  anArrival,
  anInterview,
  aRescission,
  recorded,
  recordedId,
  SPEC_REGISTRANT,
  type SpecEvent,
} from '#libs/spec';
import { markedHistory } from './history.js';

const stream = registrantStream(SPEC_REGISTRANT);
const arrival = anArrival({ arrivedOn: '2003-10-23' });
const interview = anInterview({ interviewedOn: '2003-11-25' });

/** Of each event: what it touches and is touched by, as revisions, and whether it counts. */
function marksOf(...events: readonly SpecEvent[]) {
  const revision = (id: string) => events.findIndex((_, at) => recordedId(stream, at) === id);
  return markedHistory(recorded(stream, events)).map((event) => ({
    ...(event.touches !== undefined && { touches: revision(event.touches) }),
    ...(event.correctedBy.length > 0 && { correctedBy: event.correctedBy.map(revision) }),
    ...(event.rescindedBy !== undefined && { rescindedBy: revision(event.rescindedBy) }),
    counts: event.counts,
  }));
}

describe('the history of a record', () => {
  it('holds facts that count', () => {
    expect(marksOf(arrival, interview)).toEqual([{ counts: true }, { counts: true }]);
  });

  it('shows of a corrected fact which correction counts: the last', () => {
    expect(marksOf(arrival, aCorrection(0, arrival), aCorrection(0, arrival))).toEqual([
      { correctedBy: [1, 2], counts: false },
      { touches: 0, counts: false },
      { touches: 0, counts: true },
    ]);
  });

  it('lets the fact count again once its correction is rescinded', () => {
    expect(marksOf(arrival, aCorrection(0, arrival), aRescission(1))).toEqual([
      { correctedBy: [1], counts: true },
      { touches: 0, rescindedBy: 2, counts: false },
      { touches: 1, counts: true },
    ]);
  });

  it('shows of a rescinded fact that neither it nor its correction counts', () => {
    expect(marksOf(arrival, aCorrection(0, arrival), aRescission(0), aRescission(0))).toEqual([
      { correctedBy: [1], rescindedBy: 2, counts: false },
      { touches: 0, counts: false },
      { touches: 0, counts: true },
      { touches: 0, counts: true },
    ]);
  });

  it('shows what names an event that is not there, and changes nothing', () => {
    expect(marksOf(aCorrection(7, arrival), aRescission(8))).toEqual([
      { touches: -1, counts: false },
      { touches: -1, counts: false },
    ]);
  });
});
