import type { RecordedEvent } from '#libs/kernel';
import type { Calibration } from './calibration.js';
import type { DatedFact, Subject } from './dated-fact.js';
import { decided, type PendingDecision, pendingDecisions } from './decisions.js';
import type { Draft } from './draft.js';
import { historyLine } from './history-line.js';
import type { PlannedFact } from './planned-fact.js';
import type { Random } from './random.js';
import { withSlips } from './slips.js';

const OPENS_AT = 13 * 3600;
const CLOSES_AT = 20 * 3600;

/**
 * The facts of a life in the order in which they were recorded, each at an hour at which American
 * offices are open; of one day the later fact at a later hour, and what was decided last.
 */
export function datedFacts(
  { draft, subject }: { readonly draft: Draft; readonly subject: Subject },
  calibration: Calibration,
  random: Random,
): readonly DatedFact[] {
  const pending = pendingDecisions(draft, calibration.proceedings(draft), random);
  const facts = [...withSlips(draft, random), ...calibration.reports(draft)];
  const inOrder = [...facts, ...pending].sort(
    (a, b) => recordedOn(a) - recordedOn(b) || rank(a) - rank(b) || a.on - b.on,
  );
  const dated: DatedFact[] = [];
  let second = 0;
  let day = -1;
  for (const entry of inOrder) {
    const fact = isPending(entry) ? settled(entry, dated) : entry;
    if (!fact) continue;
    second =
      fact.recordedOn === day
        ? second + random.integer(600, 2400)
        : random.integer(OPENS_AT, CLOSES_AT);
    day = fact.recordedOn;
    const of = originalOf(fact, dated);
    dated.push({ subject, fact, ordinal: dated.length, second, ...(of && { of }) });
  }
  return dated;
}

function isPending(entry: PlannedFact | PendingDecision): entry is PendingDecision {
  return !('occurrence' in entry);
}

function recordedOn(entry: PlannedFact | PendingDecision): number {
  return isPending(entry) ? entry.on : entry.recordedOn;
}

function rank(entry: PlannedFact | PendingDecision): number {
  return isPending(entry) ? 1 : 0;
}

/** What was decided, by what had been recorded until then. */
function settled(pending: PendingDecision, before: readonly DatedFact[]): PlannedFact | undefined {
  const occurrence = decided(pending, () =>
    before.map((dated, at): RecordedEvent => ({
      ...historyLine(dated),
      revision: at,
      position: at,
    })),
  );
  return occurrence && { occurrence, on: pending.on, recordedOn: pending.on };
}

function originalOf(
  { occurrence }: PlannedFact,
  dated: readonly DatedFact[],
): DatedFact | undefined {
  if (occurrence.type !== 'RecordCorrected' && occurrence.type !== 'RecordRescinded')
    return undefined;
  return dated.find(({ fact }) => fact === occurrence.of);
}
