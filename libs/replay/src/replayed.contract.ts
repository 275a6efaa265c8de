import { type EventTable, type RecordedEvent, registrantStream } from '#libs/kernel';
import {
  applyScenario,
  type ComposedScenario,
  enactedPolicy,
  enactedTimeline,
  findShippedScenario,
  policyEventTable,
} from '#libs/policy';
import { importEventTable, registrantEventTable, registryDayTable } from '#libs/registry';
import { recorded, type SpecEvent } from '#libs/spec';
import type { ReplayAnswer, Row, World } from './answer.js';
import { HistoryGathering } from './history-gathering.js';
import { type ReplayQuestion, runReplay } from './replay.js';
import type { ReplayRequest } from './request.js';
import type { ReplaySource } from './source.js';

export const tables: readonly EventTable[] = [
  policyEventTable,
  registrantEventTable,
  registryDayTable,
  importEventTable,
];

/** The id of the nth registrant of a spec. */
function registrantNumber(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A history of as many people as there are lists, one after the other in the log. */
export function historyOf(...people: readonly (readonly SpecEvent[])[]): readonly RecordedEvent[] {
  let position = 0;
  return people.flatMap((events, number) => {
    const own = recorded(registrantStream(registrantNumber(number)), events, { position });
    position += own.length;
    return own;
  });
}

/** The events as the registry's days began, recorded at the end of each day. */
export function daysBegan(...days: readonly string[]): readonly RecordedEvent[] {
  return days.map((day, revision) => ({
    id: registrantNumber(900_000 + revision),
    stream: 'registry-days',
    revision,
    position: 1_000_000 + revision,
    type: 'RegistryDayBegan',
    data: { day },
    metadata: {
      actor: { id: 'spec-registry', role: 'registry' },
      recordedAt: `${day}T00:00:00.000Z`,
      schemaVersion: 1,
    },
  }));
}

export function sourceOf(events: readonly RecordedEvent[]): ReplaySource {
  const gathering = new HistoryGathering(tables);
  for (const event of events) gathering.take(event);
  return gathering.gathered().source;
}

/** The world of a shipped scenario, or of one given whole. */
function worldOf(named: string | ComposedScenario): World {
  const scenario = typeof named === 'string' ? findShippedScenario(named) : named;
  if (!scenario) throw new Error('No scenario is shipped under that name.');
  const outcome = applyScenario(enactedTimeline, scenario);
  if ('issues' in outcome) throw new Error(outcome.issues.map(({ problem }) => problem).join());
  return { name: scenario.name, ...outcome };
}

export interface Asked extends Partial<ReplayRequest> {
  readonly scenario?: string | ComposedScenario;
  readonly against?: string | ComposedScenario;
}

/** A question under the enacted policy, and a scenario where one is named. */
export function questionOf({ scenario, against, ...request }: Asked): ReplayQuestion {
  return {
    request: { presence: ['until-departure'], measures: ['imposed', 'people'], by: [], ...request },
    enacted: enactedPolicy,
    scenarios: scenario === undefined ? [] : [worldOf(scenario)],
    ...(against !== undefined && { against: worldOf(against) }),
    code: 'spec 1',
  };
}

export function replayed(events: readonly RecordedEvent[], asked: Asked): Promise<ReplayAnswer> {
  return runReplay(questionOf(asked), sourceOf(events));
}

/** The rows of the last world that was asked for. */
export async function lastRows(
  events: readonly RecordedEvent[],
  asked: Asked,
): Promise<readonly Row[]> {
  const { worlds } = await replayed(events, asked);
  return worlds.at(-1)?.rows ?? [];
}
