import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enactedTimeline, findShippedScenario, shippedScenarios } from '#libs/policy';
import { Exit } from './exit.js';
import { scenarioFrom, worldOf } from './scenario-source.js';

const folder = mkdtempSync(join(tmpdir(), 'portbook-scenarios-'));
mkdirSync(join(folder, 'under'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(name: string, base: unknown, ...changes: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ name, base, changes }));
  return path;
}

function refusalOf(nameOrFile: string): string {
  try {
    scenarioFrom(nameOrFile);
  } catch (error) {
    if (error instanceof Exit) return error.message;
  }
  return 'It was not refused.';
}

describe('a scenario asked for', () => {
  it('ships under its name', () => {
    expect(scenarioFrom('no-suspension')).toBe(findShippedScenario('no-suspension'));
  });

  it('is that of a file, with the bases that its file and those next to it name', () => {
    const lowest = written('under/lowest.json', 'no-extension', { withdraw: 'us-visit-launched' });
    written('middle.json', 'under/lowest.json');
    const top = written('under/top.json', '../middle.json');
    expect(scenarioFrom(lowest).base).toEqual(findShippedScenario('no-extension'));
    expect(scenarioFrom(top)).toMatchObject({
      name: 'under/top.json',
      base: {
        name: 'middle.json',
        base: { name: 'under/lowest.json', base: { changes: [{}, {}] } },
      },
    });
    const world = worldOf(scenarioFrom(top), enactedTimeline);
    expect(world.policy.records).toHaveLength(enactedTimeline.length - 3);
  });

  it('is looked for among what ships before any file', () => {
    written('no-reopening', 'enacted');
    const path = written('on-shipped.json', 'no-reopening');
    expect(scenarioFrom(path).base).toEqual(findShippedScenario('no-reopening'));
  });

  it('is nowhere: the refusal says where it was looked for and what ships', () => {
    const missing = refusalOf(join(folder, 'missing.json'));
    expect(missing).toContain(`(${join(folder, 'missing.json')})`);
    for (const { name } of shippedScenarios) expect(missing).toContain(name);
  });

  it.each<[string, unknown, string]>([
    ['a base that is nowhere', 'missing.json', 'base is neither a file that can be read ('],
    ['a base that is itself', 'bad.json', 'base leads in a circle: '],
    ['a base that is no JSON', 'text.json', 'base is no JSON ('],
    ['a base that is no scenario', 'list.json', 'base must be an object'],
    ['a base with a wrong change', 'wrong.json', 'base.changes[0].withdraw must be'],
  ])('is refused with the place for %s', (_, base, expected) => {
    writeFileSync(join(folder, 'text.json'), 'no JSON');
    writeFileSync(join(folder, 'list.json'), '[]');
    written('wrong.json', 'enacted', { withdraw: 'No Slug' });
    const refusal = refusalOf(written('bad.json', base));
    expect(refusal).toMatch(/^The scenario .*bad\.json cannot be applied:\n {2}/);
    expect(refusal).toContain(expected);
  });

  it('is refused with the place in its base where that cannot be applied', () => {
    const base = { name: 'x', base: 'enacted', changes: [{ withdraw: 'nothing' }] };
    const scenario = scenarioFrom(written('inapplicable.json', base));
    expect(() => worldOf(scenario, enactedTimeline)).toThrow(
      'base.changes[0].withdraw names "nothing", which is no event of the policy',
    );
  });
});
