import type { Decision, Refusal } from '#libs/kernel';
import type { Case } from './case.js';
import type { RegistrantEvent } from './events.js';
import { byRecord, byRule, type Check, firstRefusal } from './refusals.js';
import { registrantEventTable } from './table.js';

/** Records the event of the case unless its form, the calendar or one of the checks refuses it. */
export function decideCase(
  of: Case,
  checks: readonly Check[],
  warnings: () => readonly string[] = () => [],
): Decision<RegistrantEvent> {
  const refusal = firstRefusal([...formChecks(of), ...checks], of.facts.passing);
  return refusal ? { refusal } : acceptedWith(of.event, warnings());
}

/** The event, and what is to be said beside it. */
export function acceptedWith(
  event: RegistrantEvent,
  warnings: readonly string[],
): Decision<RegistrantEvent> {
  return { events: [event], ...(warnings.length > 0 && { warnings }) };
}

/** What is asked of every command before its own checks, which may rely on it. */
export function formChecks(of: FormOf): readonly Check[] {
  const form = of.facts.isWellFormed === true ? [] : [() => malformed(of)];
  return [...form, () => ofOtherRegistrant(of), () => inFuture(of)];
}

/** An event, or one to which the decision has something to add still. */
interface Draft {
  readonly event: {
    readonly type: RegistrantEvent['type'];
    readonly data: { readonly registrantId: string };
  };
  /** The fields that are missing because the decision adds them. */
  readonly pending?: readonly string[];
}

type FormOf = Omit<Case, 'event'> & Draft;

/** Last segments of the paths whose values are codes of a list. */
const CODE_FIELDS: ReadonlySet<string> = new Set([
  ...['port', 'office', 'classOfAdmission', 'purposeCode', 'source', 'kind', 'sex'],
  ...['nationalities', 'country', 'birthCountry', 'state', 'usState', 'duty', 'duties', 'to'],
]);

/**
 * What the stored form does not allow is refused before it is decided on: the log could not read it
 * back. A problem never repeats the value.
 */
export function malformed({ event, pending = [] }: Draft): Refusal | undefined {
  const issue = registrantEventTable[event.type]
    .check(event.data)
    .find(({ path }) => !pending.includes(path));
  if (!issue) return undefined;
  const last = issue.path.replace(/\[\d+\]$/, '').replace(/^.*\./, '');
  return byRule(CODE_FIELDS.has(last) ? 'UnknownCode' : 'MalformedField', {
    detail: `The field ${issue.path} ${issue.problem}.`,
    field: issue.path,
  });
}

export function ofOtherRegistrant({
  event,
  state,
}: Pick<FormOf, 'event' | 'state'>): Refusal | undefined {
  if (state.registrantId === undefined || state.registrantId === event.data.registrantId) {
    return undefined;
  }
  return byRecord('OtherRegistrant', {
    detail: 'The record is that of another registrant: give the id whose record this is.',
    field: 'registrantId',
  });
}

function inFuture({ day, dayField, facts }: FormOf): Refusal | undefined {
  if (day <= facts.latestDay) return undefined;
  return byRule('DayInFuture', {
    detail:
      `${day} has not begun anywhere yet (the latest day there is now is ${facts.latestDay}): ` +
      'record what has happened, once it has.',
    field: dayField,
  });
}
