import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import { enactedTimeline } from '#libs/policy';
import { openMemoryViews, replay } from '#libs/view-store';
import { listTimeline, policyTimeline } from './index.js';

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

describe('the timeline of the policy', () => {
  it('shows an event of the policy under its ref, delivered twice or not', () => {
    const [first] = events;
    const { type, known, ...data } = enactedTimeline[0]!;

    expect(replay(policyTimeline, [first!, first!])).toEqual(
      new Map([
        [
          data.ref,
          { ...data, _id: data.ref, position: 100, type, eventId: 'event-0', revision: 0, known },
        ],
      ]),
    );
  });

  it('counts an imported event as known from its import', () => {
    const [first] = events;
    const at = '2003-11-20T00:00:00.000Z';
    const imported = { at, by: 'spec', file: 'f', adopted: false };
    const views = replay(policyTimeline, [
      { ...first!, metadata: { ...first!.metadata, imported } },
    ]);

    expect([...views.values()].map(({ known }) => known)).toEqual([at]);
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

    expect([...first.documents, ...second.documents].map(({ ref }) => ref)).toEqual(
      enactedTimeline.map(({ ref }) => ref),
    );
    expect(second.next).toBeUndefined();
  });
});
