import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#libs/kernel';
import { type Fact, factsOf, type RegistrantEvent } from '#libs/registry';
import { anArrival, anInterview, recorded, specStream, wholeEvents } from '#libs/spec';
import { HistoryGathering } from './history-gathering.js';
import { daysBegan, historyOf, sourceOf, tables } from './replayed.contract.js';

const everyType = Object.entries(wholeEvents).map(
  ([type, data]) => ({ type, data }) as RegistrantEvent,
);

const outline = ({ id, type, day, position }: Fact): unknown => ({ id, type, day, position });

describe('a gathered history', () => {
  it('judges nobody by less than the log holds: facts come back as they went in', () => {
    const log = recorded(specStream, everyType);
    const [subject] = sourceOf(log).subjects;
    const views = [{}, { on: '2003-06-30' }, { knownAt: '2003-06-30T00:00:00.000Z' }];
    for (const view of views) {
      expect(factsOf(subject?.events ?? [], view).map(outline)).toEqual(
        factsOf(log, view).map(outline),
      );
    }
  });

  it('keeps no personal content', () => {
    const [subject] = sourceOf(recorded(specStream, everyType)).subjects;
    const kept = JSON.stringify(subject);
    const { identity, fin, biometrics } = wholeEvents.ArrivalRegistered;
    for (const personal of [identity?.familyName, fin, biometrics?.fingerprintsRef]) {
      expect(personal).toBeTruthy();
      expect(kept).not.toContain(personal);
    }
  });

  it('knows an event from its import on, unless its file was adopted', () => {
    const at = '2010-01-01T00:00:00.000Z';
    const imported = (adopted: boolean): RecordedEvent[] =>
      historyOf([anArrival({ arrivedOn: '2003-06-01' })]).map((event) => ({
        ...event,
        metadata: {
          ...event.metadata,
          recordedAt: '2003-06-01T12:00:00.000Z',
          imported: { at, by: 'an operator', file: 'a'.repeat(64), adopted },
        },
      }));
    const known = (adopted: boolean): string | undefined => {
      const [subject] = sourceOf(imported(adopted)).subjects;
      return subject?.events[0]?.metadata.recordedAt;
    };
    expect(known(false)).toBe(at);
    expect(known(true)).toBe('2003-06-01T12:00:00.000Z');
    expect(sourceOf(imported(false)).isAdopted).toBe(false);
    expect(sourceOf(imported(true)).isAdopted).toBe(true);
  });

  it('gives people one after the other by their ids, as often as it is asked, and any one by id', () => {
    const people = ['2003-06-01', '2003-06-02', '2003-06-03'].map((arrivedOn) => [
      anArrival({ arrivedOn }),
      anInterview({ interviewedOn: '2003-07-05' }),
    ]);
    const { subjects, people: count, findSubject } = sourceOf([...historyOf(...people)].reverse());
    const ids = [...subjects].map(({ registrantId }) => registrantId);
    expect(count).toBe(3);
    expect(ids).toEqual(ids.toSorted());
    expect([...subjects].map(({ events }) => events.length)).toEqual([2, 2, 2]);
    expect(findSubject(ids[1]!)?.registrantId).toBe(ids[1]);
    expect(findSubject('ffffffff-0000-4000-8000-000000000000')).toBeUndefined();
  });

  it('holds the events of the policy stream and of the days apart, as they are', () => {
    const days = daysBegan('2003-06-01', '2003-06-02');
    const policy = days.map((event) => ({ ...event, stream: 'policy-nseers' }));
    const gathering = new HistoryGathering(tables);
    for (const event of [...policy, ...days]) gathering.take(event);
    const { source, policyEvents } = gathering.gathered();
    expect(policyEvents).toEqual(policy);
    expect(source.registryDays).toEqual(days);
    expect(source.people).toBe(0);
    expect(source.position).toBe(days.at(-1)?.position);
  });
});
