import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { applyScenario } from './apply-scenario.js';
import { composeScenario, type FindBase } from './compose-scenario.js';
import { readScenario } from './scenario.js';
import { findShippedScenario, shippedScenarios } from './shipped-scenarios.js';
import { enactedTimeline } from './timeline.js';

const page = readFileSync(new URL('../../../docs/SCENARIOS.md', import.meta.url), 'utf8');
const samples = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(([, text]) => text ?? '');

const findBase: FindBase = (base) => {
  const scenario = findShippedScenario(base);
  if (scenario) return { scenario, place: base, findBase };
  return { issues: [{ path: '', problem: `names "${base}"` }] };
};

describe('the page about scenarios', () => {
  it('names each scenario that ships, with its question, in the order in which they ship', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| ([^|]+\?) +\|/gm)];
    expect(rows.map(([, name, question]) => ({ name, question }))).toEqual(
      shippedScenarios.map(({ name, question }) => ({ name, question })),
    );
  });

  it('has samples', () => {
    expect(samples).toHaveLength(2);
  });

  it.each(samples)('has a sample that can be applied as it stands: %s', (text) => {
    const read = readScenario(JSON.parse(text));
    if ('issues' in read) throw new Error(JSON.stringify(read.issues));
    const composed = composeScenario({ scenario: read.scenario, place: 'the page', findBase });
    if ('issues' in composed) throw new Error(JSON.stringify(composed.issues));
    expect(applyScenario(enactedTimeline, composed.scenario)).toMatchObject({ warnings: [] });
  });
});
