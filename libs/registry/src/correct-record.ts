import { type Decision, type Refusal, shape } from '#libs/kernel';
import type { DecisionFacts } from './case.js';
import { clericalChecks, namedEvent } from './clerical-checks.js';
import { commandOfFact } from './command-of-fact.js';
import type { RegistrantCommandData } from './commands.js';
import { contradicts, firstContradiction, withoutIdentity } from './contradictions.js';
import { changesNothing, type Correction, idChanged, missingContent } from './corrected-content.js';
import { acceptedWith } from './decide-case.js';
import { decideBothWays, onlyDiffers, refusalOf, speaksAgainst } from './decide-both-ways.js';
import type { RegistrantDataByType, RegistrantEvent } from './events.js';
import type { Fact } from './facts.js';
import { byRecord, firstRefusal } from './refusals.js';
import { type Registrant, withClericalEvent } from './state.js';
import { registrantEventTable } from './table.js';

type Body = RegistrantCommandData['CorrectRecord'];

/**
 * Says what a recorded fact should have said, from the moment at which this is recorded. It is checked
 * like the original, on the record without that fact (see `decideBothWays`) and under the policy of the
 * corrected day; what is derived (`usState`, `reliedOn`) is derived anew. One that changes nothing is
 * refused.
 */
export function correctRecord(
  body: Body,
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const fact = factToCorrect(body, state);
  if ('refusal' in fact) return fact;
  const draft = draftOf(body, fact);
  const refusal = firstRefusal([
    () => idChanged(draft, fact),
    ...clericalChecks(draft, state),
    () => missingContent(draft, fact),
    () => changesNothing(draft, fact),
  ]);
  return refusal ? { refusal } : decided(draft, { fact, state, facts });
}

interface On {
  readonly fact: Fact;
  readonly state: Registrant;
  readonly facts: DecisionFacts;
}

function decided(draft: Correction, { fact, state, facts }: On): Decision<RegistrantEvent> {
  // The form of the draft has been checked against the table of the type: the cast says no more.
  const command = commandOfFact(fact.type, draft.data.corrected.data as Fact['data']);
  const ways = decideBothWays(command, fact, { record: state, facts });
  const refusal = refusalOf(ways, speaksAgainst);
  if (refusal) return { refusal: withinCorrected(refusal) };
  const { refusals, data, warnings } = ways.now.refusals.some(speaksAgainst) ? ways.then : ways.now;
  const correction = withCorrected(draft, data);
  const revision = { before: state, after: withClericalEvent(state, correction) };
  const nameless = withoutIdentity(revision);
  if (nameless) return { refusal: withinCorrected(nameless.refusal) };
  const contradiction = firstContradiction(revision, facts);
  if (contradiction) return { refusal: contradicts(contradiction, 'corrected.data') };
  return acceptedWith(correction, [...refusals.filter(onlyDiffers).map(differs), ...warnings]);
}

function factToCorrect(
  { eventId, corrected }: Body,
  state: Registrant,
): Fact | { readonly refusal: Refusal } {
  const named = namedEvent(state, eventId);
  if ('refusal' in named) return named;
  const fact = state.facts.find(({ id }) => id === eventId);
  if (!fact)
    return { refusal: correctionOf(named.data as RegistrantDataByType['RecordCorrected']) };
  return corrected.type === fact.type ? fact : { refusal: correctedTypeDiffers(fact) };
}

export function correctedTypeDiffers({ type }: Fact): Refusal {
  return byRecord('CorrectedTypeDiffers', {
    detail:
      `The event is a fact of the type ${type}, which a correction cannot change: rescind it, ` +
      'and record the other by its own command.',
    field: 'corrected.type',
  });
}

/** Of the events that a record may name only corrections state no fact. */
export function correctionOf({ eventId }: RegistrantDataByType['RecordCorrected']): Refusal {
  return byRecord('CorrectionNotCorrectable', {
    detail:
      `This event is a correction: correct the fact that it corrects again (event ${eventId}), of ` +
      'which the last correction holds, or rescind this one.',
    field: 'eventId',
  });
}

/** The event as it will be, but for what is derived. */
function draftOf({ registrantId, eventId, corrected, reason }: Body, { type }: Fact): Correction {
  const { version = registrantEventTable[type].version, data } = corrected;
  const isObject = shape.isPlainObject(data);
  const said = isObject ? commandOfFact(type, data as unknown as Fact['data']).data : data;
  return {
    type: 'RecordCorrected',
    data: { registrantId, eventId, corrected: { type, version, data: said }, reason },
  };
}

function withCorrected(draft: Correction, data: unknown): Correction {
  const { corrected } = draft.data;
  return { ...draft, data: { ...draft.data, corrected: { ...corrected, data } } };
}

function withinCorrected({ field, ...refusal }: Refusal): Refusal {
  return { ...refusal, field: ['corrected.data', field].filter(Boolean).join('.') };
}

function differs({ code }: Refusal): string {
  const what = code === 'FinDiffers' ? 'FIN' : 'sex or birth date';
  return `Another registration of this record says another ${what}: if it is wrong, correct it too.`;
}
