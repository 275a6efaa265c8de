import type { RecordedEvent } from '#libs/kernel';
import type { RegistrantDataByType } from '#libs/registry';

/** What corrections and rescissions make of one event of a record. */
export interface ClericalMarks {
  /** Of a correction or a rescission: the event that it names. */
  readonly touches?: string;
  /** The corrections that name it, in the order of the log. */
  readonly correctedBy: readonly string[];
  readonly rescindedBy?: string;
  /** Whether what it says counts now: it is not rescinded, and no correction says it otherwise. */
  readonly counts: boolean;
}

/** The events of one record, each with what others of them make of it; none is left out. */
export function markedHistory(
  events: readonly RecordedEvent[],
): readonly (RecordedEvent & ClericalMarks)[] {
  const rescinders = new Map<string, string>();
  const correctors = new Map<string, string[]>();
  for (const event of events) {
    const touched = touchedBy(event);
    if (touched === undefined) continue;
    if (event.type === 'RecordCorrected') {
      correctors.set(touched, [...(correctors.get(touched) ?? []), event.id]);
    } else if (!rescinders.has(touched)) {
      rescinders.set(touched, event.id);
    }
  }
  const known = new Set(events.map(({ id }) => id));
  const countingCorrectionOf = (fact: string): string | undefined =>
    rescinders.has(fact) ? undefined : correctors.get(fact)?.findLast((id) => !rescinders.has(id));
  return events.map((event) => {
    const touches = touchedBy(event);
    const rescindedBy = rescinders.get(event.id);
    return {
      ...event,
      ...(touches !== undefined && { touches }),
      correctedBy: correctors.get(event.id) ?? [],
      ...(rescindedBy !== undefined && { rescindedBy }),
      counts: counts(event, touches),
    };
  });

  function counts({ id, type }: RecordedEvent, touches: string | undefined): boolean {
    if (touches !== undefined && !known.has(touches)) return false;
    if (type === 'RecordRescinded') return true;
    if (touches !== undefined) return countingCorrectionOf(touches) === id;
    return !rescinders.has(id) && countingCorrectionOf(id) === undefined;
  }
}

function touchedBy({ type, data }: RecordedEvent): string | undefined {
  if (type !== 'RecordCorrected' && type !== 'RecordRescinded') return undefined;
  return (data as RegistrantDataByType['RecordCorrected' | 'RecordRescinded']).eventId;
}
