import { describe, expect, it } from '@jest/globals';
import { obligationsUnder } from '#libs/assessment';
import { type RecordedEvent, registrantIdOf } from '#libs/kernel';
import { enactedPolicy, policyKnownAt } from '#libs/policy';
import {
  commandOfFact,
  decideRegistrant,
  foldRegistrant,
  isFactType,
  type RegistrantCommand,
  registrantEventTable,
} from '#libs/registry';
import { generateHistory } from './generate-history.js';
import type { HistoryLine } from './history-line.js';

function commandOf({ type, data }: HistoryLine): RegistrantCommand {
  if (isFactType(type)) return commandOfFact(type, data as Parameters<typeof commandOfFact>[1]);
  if (type === 'RecordRescinded') return { type: 'RescindRecord', data } as RegistrantCommand;
  const { corrected, ...named } = data as Extract<HistoryLine, { type: 'RecordCorrected' }>['data'];
  const body = { ...named, corrected: { type: corrected.type, data: corrected.data } };
  return { type: 'CorrectRecord', data: body } as RegistrantCommand;
}

function byRegistrant(lines: Iterable<HistoryLine>): readonly (readonly HistoryLine[])[] {
  const lives = new Map<string, HistoryLine[]>();
  for (const line of lines) {
    const registrantId = registrantIdOf(line.stream) ?? 'no registrant';
    const life = lives.get(registrantId);
    if (life) life.push(line);
    else lives.set(registrantId, [line]);
  }
  return [...lives.values()];
}

function decide(line: HistoryLine, before: readonly RecordedEvent[]) {
  const { recordedAt } = line.metadata;
  const policy = policyKnownAt(enactedPolicy, `${recordedAt.slice(0, 10)}T00:00:00.000Z`);
  return decideRegistrant(commandOf(line), foldRegistrant(before), {
    policy,
    latestDay: recordedAt.slice(0, 10),
    obligationsOn: obligationsUnder(policy),
  });
}

/** The first lives, and of all later ones those that hold what happens to few. */
function someOf(lives: readonly (readonly HistoryLine[])[]): readonly (readonly HistoryLine[])[] {
  const rare = new Set<HistoryLine['type']>([
    ...(['ExemptionGranted', 'StatusChanged', 'UnreportedChangeFound'] as const),
    ...(['GoodCauseAccepted', 'WilfulnessDetermined', 'RemovalProceedingsInitiated'] as const),
    ...(['InadmissibilityPresumptionRebutted', 'RecordCorrected'] as const),
  ]);
  return lives.filter(
    (lines, at) =>
      at < 60 ||
      lines.some(({ type }) => type === 'RecordRescinded' || (at % 4 === 0 && rare.has(type))),
  );
}

describe('each line of a generated history', () => {
  const lives = someOf(byRegistrant(generateHistory({ people: 2000, seed: 4 })));

  it('is what the registry would have recorded, word for word, on its day', () => {
    const refused: unknown[] = [];
    for (const lines of lives) {
      const events = lines.map((line, at): RecordedEvent => ({
        ...line,
        revision: at,
        position: at,
      }));
      lines.forEach((line, at) => {
        const decision = decide(line, events.slice(0, at));
        if ('refusal' in decision) {
          refused.push({ refusal: decision.refusal, line, before: events.slice(0, at) });
          return;
        }
        expect(decision.events).toEqual([{ type: line.type, data: line.data }]);
      });
    }
    expect(refused).toEqual([]);
  });

  it('is of one of all the types of a registrant, among those that are tried here', () => {
    const types = new Set(lives.flat().map(({ type }) => type));
    expect([...types].sort()).toEqual(Object.keys(registrantEventTable).sort());
  });
});
