import type { Decision, Refusal } from '#libs/kernel';
import type { Case } from './case.js';
import type { RegistrantEvent } from './events.js';
import { byRecord, byRule, type Check, firstRefusal } from './refusals.js';
import { registrantEventTable } from './table.js';

/** Records the event of the case unless its form, the calendar or one of the checks refuses it. */
export function decideCase(
  of: Case,
  checks: readonly Check[],
  warnings: readonly string[] = [],
): Decision<RegistrantEvent> {
  const refusal = firstRefusal([
    () => malformed(of),
    () => ofOtherRegistrant(of),
    () => inFuture(of),
    ...checks,
  ]);
  if (refusal) return { refusal };
  return { events: [of.event], ...(warnings.length > 0 && { warnings }) };
}

/** Last segments of the paths whose values are codes of a list. */
const CODE_FIELDS: ReadonlySet<string> = new Set([
  ...['port', 'office', 'classOfAdmission', 'purposeCode', 'source', 'kind', 'sex'],
  ...['nationalities', 'country', 'birthCountry', 'state', 'usState'],
]);

/**
 * What the stored form does not allow is refused before it is decided on: the log could not read it
 * back. A problem never repeats the value.
 */
function malformed({ event }: Case): Refusal | undefined {
  const issue = registrantEventTable[event.type].check(event.data)[0];
  if (!issue) return undefined;
  const last = issue.path.replace(/\[\d+\]$/, '').replace(/^.*\./, '');
  return byRule(CODE_FIELDS.has(last) ? 'UnknownCode' : 'MalformedField', {
    detail: `The field ${issue.path} ${issue.problem}.`,
    field: issue.path,
  });
}

function ofOtherRegistrant({ event, state }: Case): Refusal | undefined {
  if (state.registrantId === undefined || state.registrantId === event.data.registrantId) {
    return undefined;
  }
  return byRecord('OtherRegistrant', {
    detail: 'The record is that of another registrant: give the id whose record this is.',
    field: 'registrantId',
  });
}

function inFuture({ day, dayField, facts }: Case): Refusal | undefined {
  if (day <= facts.latestDay) return undefined;
  return byRule('DayInFuture', {
    detail:
      `${day} has not begun anywhere yet (the latest day there is now is ${facts.latestDay}): ` +
      'record what has happened, once it has.',
    field: dayField,
  });
}
