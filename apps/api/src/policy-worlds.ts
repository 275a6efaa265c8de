import { Inject, Injectable } from '@nestjs/common';
import { type CurrentPolicy, currentPolicyOf, PolicyReader } from '#libs/command-handling';
import type { EventLog } from '#libs/event-log';
import { POLICY_STREAM, type RecordedEvent } from '#libs/kernel';
import {
  applyScenario,
  type ComposedScenario,
  composeScenario,
  type FindBase,
  findShippedScenario,
  type Policy,
  policyKnownAt,
  readScenario,
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
  world(asked: unknown, recorded: Policy, field: string): World {
    const scenario = scenarioOf(asked, field);
    const outcome = applyScenario(recorded.log, scenario);
    if ('policy' in outcome) return { name: scenario.name, ...outcome };
    throw new Problem({
      status: 422,
      code: 'ScenarioNotApplicable',
      detail: `The scenario "${scenario.name}" cannot be applied: see errors.`,
      errors: outcome.issues.map(({ path, problem }) => ({ field: `${field}.${path}`, problem })),
    });
  }
}

function scenarioOf(asked: unknown, field: string): ComposedScenario {
  if (typeof asked === 'string') {
    const shipped = findShippedScenario(asked);
    if (shipped) return shipped;
    throw malformed([{ field, problem: `must be a scenario or one of ${shippedNames()}` }]);
  }
  const read = readScenario(asked);
  const composed =
    'issues' in read
      ? read
      : composeScenario({ scenario: read.scenario, place: field, findBase: findShippedBase });
  if ('scenario' in composed) return composed.scenario;
  throw malformed(
    composed.issues.map(({ path, problem }) => ({
      field: path === '' ? field : `${field}.${path}`,
      problem,
    })),
  );
}

const findShippedBase: FindBase = (base) => {
  const scenario = findShippedScenario(base);
  if (scenario) return { scenario, place: base, findBase: findShippedBase };
  const problem = `must be "enacted", a scenario, or one of ${shippedNames()}`;
  return { issues: [{ path: '', problem }] };
};

function shippedNames(): string {
  return shippedScenarios.map(({ name }) => name).join(', ');
}
