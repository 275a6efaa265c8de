import type { RegistrantCommand, RegistrantCommandData, RegistrantEvent } from '#libs/registry';
import { specStream } from './assessed.js';
import { aFact } from './later-facts.js';
import { recordedId } from './recorded.js';
import { SPEC_REGISTRANT } from './registrations.js';

const reason = 'Invented reason';

type Corrected = RegistrantCommandData['CorrectRecord']['corrected'];

/**
 * The command that makes the event at this revision of the registrant of the specs say what another
 * event says, but for what is given beside it.
 */
export function toCorrect(
  revision: number,
  { type, data }: RegistrantEvent,
  otherwise: Partial<Corrected> = {},
) {
  const command = {
    type: 'CorrectRecord',
    data: {
      registrantId: SPEC_REGISTRANT,
      eventId: recordedId(specStream, revision),
      corrected: { type, data, ...otherwise },
      reason,
    },
  } as const satisfies RegistrantCommand;
  return command;
}

/** The event of that command. */
export function aCorrection(revision: number, { type, data }: RegistrantEvent) {
  const eventId = recordedId(specStream, revision);
  return aFact('RecordCorrected', { eventId, corrected: { type, version: 1, data }, reason });
}

/** The command that takes away the event at this revision. */
export function toRescind(revision: number) {
  const command = {
    type: 'RescindRecord',
    data: {
      registrantId: SPEC_REGISTRANT,
      eventId: recordedId(specStream, revision),
      reason,
    },
  } as const satisfies RegistrantCommand;
  return command;
}

/** The event of that command. */
export function aRescission(revision: number) {
  return aFact('RecordRescinded', { eventId: recordedId(specStream, revision), reason });
}
