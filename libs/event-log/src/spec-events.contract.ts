import { randomUUID } from 'node:crypto';
import { type EventTable, registrantStream, shape } from '#libs/kernel';
import type { EventToAppend } from './port.js';

const note = shape.object({
  registrantId: shape.uuid,
  text: shape.text(),
  basis: shape.optional(
    shape.object({ kind: shape.text(), reason: shape.optional(shape.text(70_000)) }),
  ),
  name: shape.optional(shape.text()),
  corrected: shape.optional(
    shape.object({ type: shape.text(), version: shape.integer(1, 9), data: () => [] }),
  ),
});

/** Invented event types: the codec knows none of the registry's. */
export const specTables: readonly EventTable[] = [
  {
    NoteTaken: { version: 1, personal: ['name', 'basis.reason'], check: (data) => note(data, '') },
    NoteCorrected: {
      version: 1,
      personal: ['name'],
      nested: 'corrected',
      check: (data) => note(data, ''),
    },
    DayBegan: {
      version: 1,
      personal: [],
      check: (data) => shape.object({ day: shape.day })(data, ''),
    },
  },
];

export const specMetadata = {
  actor: { id: 'spec-officer', role: 'officer' },
  recordedAt: '2003-11-20T12:00:00.000Z',
  schemaVersion: 1,
};

export function aRegistrant(): { readonly registrantId: string; readonly stream: string } {
  const registrantId = randomUUID();
  return { registrantId, stream: registrantStream(registrantId) };
}

/** A note in the stream of a registrant, with personal content. */
export function aNote(
  registrantId: string,
  text: string,
  id: string = randomUUID(),
): EventToAppend {
  const data = { registrantId, text, name: 'Exempli Testperson' };
  return { id, type: 'NoteTaken', data, metadata: specMetadata };
}

export function someNotes(registrantId: string, count: number): readonly EventToAppend[] {
  return Array.from({ length: count }, (_, at) => aNote(registrantId, `note ${String(at)}`));
}
