import { Inject, Injectable } from '@nestjs/common';
import { type CurrentPolicy, currentPolicyOf, PolicyReader } from '#libs/command-handling';
import type { EventLog } from '#libs/event-log';
import { POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import {
  applyScenario,
  findShippedScenario,
  type Policy,
  policyKnownAt,
  type PolicyRecord,
  readScenario,
  type Scenario,
  shippedScenarios,
} from '#libs/policy';
import type { World } from '#libs/replay';
import { type KnownAt, malformed, Problem } from '#libs/web';
import { EVENT_LOG } from './tokens.js';

/** The policy as it stands in the log, as it was known before, and what scenarios make of it. */
@Injectable()
export class PolicyWorlds {
  constructor(
    private readonly policies: PolicyReader,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  /**
   * The policy as it stood in the log at a position; as it stands now where none is named. What was
   * known at an instant is for the assessment to say, so that a scenario may name what came later.
   */
  async recorded(knownAt?: KnownAt): Promise<CurrentPolicy> {
    if (knownAt?.kind !== 'position') return this.policies.current();
    const events: RecordedEvent[] = [];
    for await (const event of this.log.readStream(POLICY_STREAM)) {
      if (event.position <= knownAt.position) events.push(event);
    }
    return currentPolicyOf(events);
  }

  /** The policy as known at a moment; as known now where none is named. */
  async known(knownAt?: KnownAt): Promise<Policy> {
    const { policy } = await this.recorded(knownAt);
    return knownAt?.kind === 'instant' ? policyKnownAt(policy, knownAt.instant) : policy;
  }

  /** The world of a scenario, by shipped name or given whole. Throws the Problem where it cannot be applied. */
  world(asked: unknown, records: readonly PolicyRecord[], field: string): World {
    const scenario = scenarioOf(asked, field);
    const outcome = applyScenario(records, scenario);
    if ('policy' in outcome) return { name: scenario.name, ...outcome };
    throw new Problem({
      status: 422,
      code: 'ScenarioNotApplicable',
      detail: `The scenario "${scenario.name}" cannot be applied: see errors.`,
      errors: outcome.issues.map(({ path, problem }) => ({ field: `${field}.${path}`, problem })),
    });
  }
}

function scenarioOf(asked: unknown, field: string): Scenario {
  if (typeof asked === 'string') {
    const shipped = findShippedScenario(asked);
    if (shipped) return shipped;
    const names = shippedScenarios.map(({ name }) => name).join(', ');
    throw malformed([{ field, problem: `must be a scenario or one of ${names}` }]);
  }
  const read = readScenario(asked);
  if ('scenario' in read) return read.scenario;
  throw malformed(
    read.issues.map(({ path, problem }) => ({
      field: path === '' ? field : `${field}.${path}`,
      problem,
    })),
  );
}
