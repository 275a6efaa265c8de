import { eventId, type EventMetadata, registrantStream, SYNTHETIC_ACTOR } from '#libs/kernel';
import type { RegistrantEvent } from '#libs/registry';
import { type DatedFact, recordedAt } from './dated-fact.js';
import { eventOf, randomOfLine } from './event-of.js';
import type { Occurrence } from './planned-fact.js';
import type { Random } from './random.js';

/**
 * A line of a history file: personal content stands in clear, and is encrypted when it is appended.
 * Its keys, and those of all that it holds, are put together in their canonical order: then its plain
 * JSON is the canonical one, which is many times faster to write.
 */
export type HistoryLine = {
  readonly id: string;
  readonly stream: string;
  readonly metadata: EventMetadata;
} & RegistrantEvent;

/** Writes one fact down; what is personal is drawn from a stream of numbers of its own. */
export function historyLine(dated: DatedFact): HistoryLine {
  const { subject, fact } = dated;
  const { registrantId } = subject;
  const stream = registrantStream(registrantId);
  const commandId = commandIdOf(dated);
  const random = randomOfLine(dated);
  const { type, data } = eventOf(dated, random);
  // The type and its data come from one event: the cast says no more than that.
  return {
    data,
    id: eventId(stream, commandId, 0),
    metadata: {
      actor: { id: actorOf(fact.occurrence, random), role: 'officer' },
      commandId,
      recordedAt: recordedAt(dated),
      schemaVersion: 1,
    },
    stream,
    type,
  } as HistoryLine;
}

function commandIdOf({ subject: { registrantId }, ordinal }: DatedFact): string {
  return eventId(registrantStream(registrantId), 'command', ordinal);
}

/** Whoever reads the line sees that nobody recorded it. */
function actorOf(occurrence: Occurrence, random: Random): string {
  const place = placeOf(occurrence);
  const desk = place === undefined ? '' : `-${place.toLowerCase()}-${String(random.integer(1, 9))}`;
  return `${SYNTHETIC_ACTOR}/officer${desk}`;
}

function placeOf(occurrence: Occurrence): string | undefined {
  if ('office' in occurrence) return occurrence.office;
  return occurrence.type === 'ArrivalRegistered' || occurrence.type === 'DepartureConfirmed'
    ? occurrence.port
    : undefined;
}
