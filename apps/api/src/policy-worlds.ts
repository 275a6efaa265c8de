import { Injectable } from '@nestjs/common';
import { PolicyReader } from '#libs/command-handling';
import type { KnownAt } from '#libs/kernel';
import {
  applyScenario,
  type ComposedScenario,
  composeScenario,
  type FindBase,
  findShippedScenario,
  outcomeAsKnown,
  type Policy,
  type PolicyAtMoment,
  readScenario,
  shippedScenarios,
} from '#libs/policy';
import type { World } from '#libs/replay';
import { malformed, Problem } from '#libs/web';

/** The policy as it stands in the log, as it was known before, and what scenarios make of it. */
@Injectable()
export class PolicyWorlds {
  constructor(private readonly policies: PolicyReader) {}

  /** The worlds as they were known at a moment; as they are known now where none is named. */
  async at(knownAt?: KnownAt): Promise<WorldsAtMoment> {
    return new WorldsAtMoment(await this.policies.at(knownAt));
  }
}

/** A policy and what scenarios make of it, all of them as far as they were known at a moment. */
export class WorldsAtMoment {
  readonly enacted: Policy;

  constructor(private readonly moment: PolicyAtMoment) {
    this.enacted = moment.asKnown(moment.whole);
  }

  /**
   * The world of a scenario, by shipped name or given whole, which may name what was not known yet.
   * Throws the Problem where it cannot be applied.
   */
  world(asked: unknown, field: string): World {
    const scenario = scenarioOf(asked, field);
    const outcome = applyScenario(this.moment.whole.log, scenario);
    if ('policy' in outcome) {
      return { name: scenario.name, ...outcomeAsKnown(this.moment, outcome) };
    }
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
