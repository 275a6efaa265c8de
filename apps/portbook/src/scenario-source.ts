import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ShapeIssue } from '#libs/kernel';
import {
  applyScenario,
  type ComposedScenario,
  composeScenario,
  type FindBase,
  findShippedScenario,
  outcomeAsKnown,
  type PolicyAtMoment,
  type PolicyLogEntry,
  readScenario,
  shippedScenarios,
} from '#libs/policy';
import type { World } from '#libs/replay';
import { Exit } from './exit.js';

/** The scenario of a shipped name, or of a file, with all on which it builds. */
export function scenarioFrom(nameOrFile: string): ComposedScenario {
  const shipped = findShippedScenario(nameOrFile);
  if (shipped) return shipped;
  const found = scenarioIn(resolve(nameOrFile));
  const composed = 'issues' in found ? found : composeScenario(found);
  if ('scenario' in composed) return composed.scenario;
  throw new Exit(problems(nameOrFile, composed.issues));
}

/** What the scenario makes of the policy; refused with every place in it that cannot be done. */
export function worldOf(scenario: ComposedScenario, log: readonly PolicyLogEntry[]): World {
  const outcome = applyScenario(log, scenario);
  if ('issues' in outcome) throw new Exit(problems(scenario.name, outcome.issues));
  return { name: scenario.name, ...outcome };
}

/** The same of a policy as it was known at a moment; a scenario may name what came later. */
export function worldAt(scenario: ComposedScenario, moment: PolicyAtMoment): World {
  const { name, ...outcome } = worldOf(scenario, moment.whole.log);
  return { name, ...outcomeAsKnown(moment, outcome) };
}

function problems(name: string, issues: readonly ShapeIssue[]): string {
  const lines = issues.map(({ path, problem }) => `  ${path === '' ? 'it' : path} ${problem}`);
  return [`The scenario ${name} cannot be applied:`, ...lines].join('\n');
}

/** The scenario of one file, whose base is a shipped name or the path of a file from its own folder. */
function scenarioIn(path: string): ReturnType<FindBase> {
  const json = jsonOf(path);
  if ('problem' in json) return { issues: [{ path: '', ...json }] };
  const read = readScenario(json.value);
  if ('issues' in read) return read;
  const findBase = (base: string): ReturnType<FindBase> => {
    const shipped = findShippedScenario(base);
    if (shipped) return { scenario: shipped, place: base, findBase };
    return scenarioIn(resolve(dirname(path), base));
  };
  return { scenario: read.scenario, place: path, findBase };
}

function jsonOf(path: string): { readonly value: unknown } | { readonly problem: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    const names = shippedScenarios.map(({ name }) => name).join(', ');
    return {
      problem: `is neither a file that can be read (${path}) nor a shipped scenario (${names})`,
    };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { problem: `is no JSON (${path})` };
  }
}
