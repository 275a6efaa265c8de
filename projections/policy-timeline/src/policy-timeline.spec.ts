import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import { enactedTimeline, type PolicyEvent, type PolicyEventData } from '#libs/policy';
import { openMemoryViews, replay } from '#libs/view-store';
import { listTimeline, policyTimeline, type TimelineEvent } from './index.js';
import { timelineEventOf } from './timeline-event.js';

/** The enacted timeline as the log gives it back. */
const events: readonly RecordedEvent[] = enactedTimeline.map(
  ({ type, known, ...data }, revision) => ({
    id: `event-${revision}`,
    stream: POLICY_STREAM,
    revision,
    position: 100 + revision * 3,
    type,
    data,
    metadata: { actor: { id: 'spec', role: 'policy-maker' }, recordedAt: known, schemaVersion: 1 },
  }),
);

function bodyOf({ data }: RecordedEvent): Omit<PolicyEventData, 'ref'> {
  const { ref: _ref, ...body } = data as PolicyEventData;
  return body;
}

/** A correction or rescission of the first event, so many places after it. */
function clerical(after: number, type: PolicyEvent['type'], data: object = {}): RecordedEvent {
  const [first] = events;
  const { ref } = enactedTimeline[0]!;
  const id = `${type}-${after}`;
  const position = 100 + after;
  return { ...first!, id, type, position, data: { ref, reason: 'a slip', ...data } };
}

function placeOf({ id, revision, position, metadata }: RecordedEvent) {
  return { eventId: id, revision, position, known: metadata.recordedAt };
}

function shown(...recorded: readonly RecordedEvent[]): readonly TimelineEvent[] {
  return [...replay(policyTimeline, recorded).values()].flatMap(timelineEventOf);
}

describe('the timeline of the policy', () => {
  it('shows an event of the policy under its ref, delivered twice or not', () => {
    const [first] = events;
    const { known, ...record } = enactedTimeline[0]!;
    const place = { eventId: 'event-0', revision: 0, position: 100, known };

    expect(shown(first!, first!)).toEqual([{ ...record, ...place, corrections: [] }]);
  });

  it('counts an imported event as known from its import', () => {
    const [first] = events;
    const at = '2003-11-20T00:00:00.000Z';
    const imported = { at, by: 'spec', file: 'f', adopted: false };

    expect(
      shown({ ...first!, metadata: { ...first!.metadata, imported } }).map(({ known }) => known),
    ).toEqual([at]);
  });

  it('shows a corrected record as it reads now, with each correction and what it replaced', () => {
    const [first] = events;
    const { title, ...rest } = bodyOf(first!);
    const once = clerical(1, 'PolicyRecordCorrected', { corrected: { ...rest, title: 'One' } });
    const twice = clerical(2, 'PolicyRecordCorrected', { corrected: { ...rest, title: 'Two' } });

    const [event] = shown(first!, once, twice);

    expect(event).toMatchObject({ title: 'Two', eventId: 'event-0', revision: 0, position: 100 });
    expect(event?.corrections).toEqual([
      { ...placeOf(once), reason: 'a slip', replaced: { ...rest, title } },
      { ...placeOf(twice), reason: 'a slip', replaced: { ...rest, title: 'One' } },
    ]);
    expect(event).not.toHaveProperty('rescinded');
  });

  it('marks a record that was rescinded', () => {
    const rescission = clerical(1, 'PolicyRecordRescinded');

    expect(shown(events[0]!, rescission)).toMatchObject([
      { ref: enactedTimeline[0]!.ref, rescinded: { ...placeOf(rescission), reason: 'a slip' } },
    ]);
  });

  it('shows a correction that came before its record only with it', async () => {
    const [first] = events;
    const corrected = { ...bodyOf(first!), title: 'Corrected' };
    const early = clerical(-1, 'PolicyRecordCorrected', { corrected });

    expect(shown(early)).toEqual([]);
    const views = openMemoryViews();
    const [document] = replay(policyTimeline, [early]).values();
    await views.write(policyTimeline, [{ document: document! }]);
    expect(await listTimeline(views, { limit: 20 })).toEqual({ events: [] });
    expect(shown(early, first!)).toMatchObject([{ title: 'Corrected', corrections: [{}] }]);
  });

  it('concerns the policy stream alone', () => {
    expect(policyTimeline.concerns(events[0]!)).toEqual([enactedTimeline[0]!.ref]);
    expect(policyTimeline.concerns({ ...events[0]!, stream: 'registry-days' })).toEqual([]);
  });

  it('comes out the same of any prefix and then the rest, with some of it delivered again', () => {
    fc.assert(
      fc.property(fc.nat(events.length), fc.nat(5), (at, back) => {
        const prefix = replay(policyTimeline, events.slice(0, at));

        expect(replay(policyTimeline, events.slice(Math.max(0, at - back)), prefix)).toEqual(
          replay(policyTimeline, events),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is listed in the order of the log, page by page', async () => {
    const views = openMemoryViews();
    const documents = [...replay(policyTimeline, events).values()].reverse();
    await views.write(
      policyTimeline,
      documents.map((document) => ({ document })),
    );

    const first = await listTimeline(views, { limit: 20 });
    const second = await listTimeline(views, { limit: 20, cursor: first.next ?? '' });

    expect([...first.events, ...second.events].map(({ ref }) => ref)).toEqual(
      enactedTimeline.map(({ ref }) => ref),
    );
    expect(second.next).toBeUndefined();
  });
});
