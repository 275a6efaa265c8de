import type { RecordedEvent, Refusal } from '#libs/kernel';
import { malformed, ofOtherRegistrant } from './decide-case.js';
import type { RegistrantDataByType } from './events.js';
import { byRecord, type Check } from './refusals.js';
import type { ClericalEvent, Registrant } from './state.js';

/** What a correction or rescission is checked for before anybody looks at what it changes. */
export function clericalChecks(event: ClericalEvent, state: Registrant): readonly Check[] {
  return [() => malformed({ event, pending: derived }), () => ofOtherRegistrant({ event, state })];
}

/** What is derived anew in a correction, and need not be said. */
const derived = ['corrected.data.usState', 'corrected.data.reliedOn'];

/** The event that is named, as it stands in the record: one that is not rescinded, nor a rescission. */
export function namedEvent(
  { events }: Registrant,
  eventId: string,
): RecordedEvent | { readonly refusal: Refusal } {
  const named = events.find(({ id }) => id === eventId);
  if (!named) return { refusal: eventUnknown };
  if (named.type === 'RecordRescinded') return { refusal: rescissionIsFinal };
  const rescinded = events.find(
    ({ type, data }) =>
      type === 'RecordRescinded' &&
      (data as RegistrantDataByType['RecordRescinded']).eventId === eventId,
  );
  return rescinded ? { refusal: alreadyRescinded(rescinded) } : named;
}

const eventUnknown = byRecord('EventUnknown', {
  detail:
    'The record of this registrant has no event with this id: give that of one of its events, as ' +
    'the record and the answer to each command name them.',
  field: 'eventId',
});

const rescissionIsFinal = byRecord('RescissionIsFinal', {
  detail:
    'This event is a rescission, which cannot be taken back: record the fact anew, by its own command.',
  field: 'eventId',
});

function alreadyRescinded({ metadata }: RecordedEvent): Refusal {
  return byRecord('RecordAlreadyRescinded', {
    detail:
      `This event was rescinded on ${metadata.recordedAt.slice(0, 10)}: if that was wrong, record the ` +
      'fact anew, by its own command.',
    field: 'eventId',
  });
}
