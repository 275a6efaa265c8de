import { type CivilDay, isRefused, type RecordedEvent, type Refusal } from '#libs/kernel';
import { foldPolicy } from '#libs/policy';
import type { DecisionFacts } from './case.js';
import { namedEvent } from './clerical-checks.js';
import { commandOfFact } from './command-of-fact.js';
import { contradicts, firstContradiction } from './contradictions.js';
import { idChanged } from './corrected-content.js';
import { correctionOf, correctedTypeDiffers } from './correct-record.js';
import { decideFact } from './decide-fact.js';
import type { RegistrantDataByType } from './events.js';
import { isFactType } from './facts.js';
import type { RegistrantRefusalCode } from './refusals.js';
import { type ClericalEvent, type Registrant, withClericalEvent } from './state.js';

/** What the policy alone refuses, or what content says that may be closed: files may hold such facts. */
const asPolicyHasIt = [
  ...['PortNotDesignatedForDeparture', 'ProgrammeNotInForce', 'DutyNotInForce'],
  ...['ClassOutsideProgramme', 'NoBasisForRegistration', 'CriterionNotInForce'],
  ...['CallInGroupNotAnnounced', 'CallInGroupNotOpen', 'CallInGroupDoesNotFit'],
] as const satisfies RegistrantRefusalCode[];

const asClosedContent = [
  ...['IdentityRequired', 'LookoutRefRequired', 'ReasonRequired'],
] as const satisfies RegistrantRefusalCode[];

const passedOver: ReadonlySet<string> = new Set(asPolicyHasIt);
const passedOverWhereClosed: ReadonlySet<string> = new Set([...asPolicyHasIt, ...asClosedContent]);
const noPolicy = foldPolicy([]);

/**
 * Why an event that a file holds cannot follow on the record before it, whatever the policy was: it
 * contradicts what is recorded, or cannot have happened. Undefined where it can. What no policy has a
 * basis for may stand in a file: the assessment counts it as unneeded.
 */
export function contradictionOf(
  event: RecordedEvent,
  before: Registrant,
  latestDay: CivilDay,
): Refusal | undefined {
  const isClosed = event.isSealed === true;
  const facts: DecisionFacts = {
    policy: noPolicy,
    latestDay,
    isWellFormed: true,
    // What a decision relied on was assessed under the policy of its time, and stands in its event.
    obligationsOn: () => [],
    passing: isClosed ? passedOverWhereClosed : passedOver,
  };
  const { type, data } = event;
  if (isFactType(type)) {
    // The codec has checked the data against the table of its type: the cast says no more than that.
    const command = commandOfFact(type, data as never);
    const decision = decideFact(command, before, facts);
    return isRefused(decision) ? unlessAssessed(decision.refusal) : undefined;
  }
  return clericalContradiction({ type, data } as ClericalEvent, before, facts);
}

/** The last thing that a decision on an obligation asks for: whatever else is asked was answered. */
function unlessAssessed(refusal: Refusal): Refusal | undefined {
  return refusal.code === 'ObligationNotImposed' ? undefined : refusal;
}

function clericalContradiction(
  event: ClericalEvent,
  before: Registrant,
  facts: DecisionFacts,
): Refusal | undefined {
  const named = namedEvent(before, event.data.eventId);
  if ('refusal' in named) return named.refusal;
  if (event.type === 'RecordCorrected') {
    const fact = before.facts.find(({ id }) => id === named.id);
    if (!fact) {
      return correctionOf(named.data as RegistrantDataByType['RecordCorrected']);
    }
    if (event.data.corrected.type !== fact.type) return correctedTypeDiffers(fact);
    const changed = idChanged(event, fact);
    if (changed) return changed;
  }
  const revision = { before, after: withClericalEvent(before, event) };
  const contradiction = firstContradiction(revision, { ...facts, passing: new Set() });
  const field = event.type === 'RecordCorrected' ? 'corrected.data' : 'eventId';
  return contradiction && contradicts(contradiction, field);
}
