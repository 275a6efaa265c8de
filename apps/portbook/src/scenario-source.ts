import { readFileSync } from 'node:fs';
import { shape } from '#libs/kernel';
import {
  applyScenario,
  findShippedScenario,
  type PolicyRecord,
  readScenario,
  type Scenario,
  shippedScenarios,
} from '#libs/policy';
import type { World } from '#libs/replay';
import { Exit } from './exit.js';

/** The scenario of a shipped name, or of a file. */
export function scenarioFrom(nameOrFile: string): Scenario {
  const shipped = findShippedScenario(nameOrFile);
  if (shipped) return shipped;
  const read = readScenario(jsonOf(nameOrFile));
  if ('scenario' in read) return read.scenario;
  throw new Exit(problems(nameOrFile, read.issues));
}

/** What the scenario makes of the policy; refused with every place in it that cannot be done. */
export function worldOf(scenario: Scenario, records: readonly PolicyRecord[]): World {
  const outcome = applyScenario(records, scenario);
  if ('issues' in outcome) throw new Exit(problems(scenario.name, outcome.issues));
  return { name: scenario.name, ...outcome };
}

function problems(
  name: string,
  issues: readonly { readonly path: string; readonly problem: string }[],
): string {
  const lines = issues.map(({ path, problem }) => `  ${path === '' ? 'it' : path} ${problem}`);
  return [`The scenario ${name} cannot be applied:`, ...lines].join('\n');
}

function jsonOf(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    const names = shippedScenarios.map(({ name }) => name).join(', ');
    throw new Exit(
      `"${file}" is neither a file that can be read nor a shipped scenario (${names}).`,
    );
  }
  try {
    const json: unknown = JSON.parse(text);
    if (shape.isPlainObject(json)) return json;
  } catch {
    // Said below, for a text that is no JSON as for one that is no object.
  }
  throw new Exit(`${file} is no JSON object.`);
}
