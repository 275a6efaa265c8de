import { eventId } from '#libs/kernel';
import type { CivilDay, Instant, RecordedEvent } from '#libs/kernel';
import { isFactType, legalDay } from '#libs/registry';
import type { RegistrantEvent } from '#libs/registry';

/** An event for a spec; without `recordedAt` it is recorded at noon of its own legal day. */
export type SpecEvent = RegistrantEvent & { readonly recordedAt?: Instant };

interface RecordedOptions {
  /** Position of the first event in the log. */
  readonly position?: number;
}

/** The events as the log gives them back, with ids and revisions in the order in which they stand. */
export function recorded(
  stream: string,
  events: readonly SpecEvent[],
  { position = 0 }: RecordedOptions = {},
): (RecordedEvent & RegistrantEvent)[] {
  return events.map(({ recordedAt, ...event }, revision) => ({
    ...event,
    id: recordedId(stream, revision),
    stream,
    revision,
    position: position + revision,
    metadata: {
      actor: { id: 'spec-officer', role: 'officer' },
      recordedAt: recordedAt ?? `${legalDayOf(event)}T12:00:00.000Z`,
      schemaVersion: 1,
    },
  }));
}

/** The id that `recorded` gives to the event at this revision. */
export function recordedId(stream: string, revision: number): string {
  return eventId(stream, 'spec', revision);
}

/** A clerical record has no day of its own and is given the demo's. */
function legalDayOf(event: RegistrantEvent): CivilDay {
  return isFactType(event.type) ? legalDay(event.type, event.data as never) : '2003-11-20';
}
