import { correctedBy, isClerical, type PolicyRecord } from '#libs/policy';
import type { CorrectionMade, PolicyTimelineView, TimelineEntry, TimelineEvent } from './view.js';

/** The record as it reads after its corrections, with each of them and what it replaced; none where there is only a correction. */
export function timelineEventOf({ entries }: PolicyTimelineView): readonly TimelineEvent[] {
  const record = entries.find((entry) => !isClerical(entry));
  if (!record) return [];
  const place = placeOf(record);
  let reading = recordOf(record);
  const corrections: CorrectionMade[] = [];
  for (const entry of entries) {
    if (entry.type !== 'PolicyRecordCorrected') continue;
    const { ref: _ref, type: _type, known: _known, ...replaced } = reading;
    corrections.push({ ...placeOf(entry), reason: entry.reason, replaced });
    reading = correctedBy(reading, entry);
  }
  const rescission = entries.find((entry) => entry.type === 'PolicyRecordRescinded');
  const rescinded = rescission && { ...placeOf(rescission), reason: rescission.reason };
  return [{ ...reading, ...place, corrections, ...(rescinded && { rescinded }) }];
}

function placeOf({ eventId, revision, position, known }: TimelineEntry) {
  return { eventId, revision, position, known };
}

function recordOf({ eventId: _, revision: __, position: ___, ...record }: TimelineEntry) {
  return record as PolicyRecord;
}
