import { describe, expect, it } from '@jest/globals';
import { readScenario } from './scenario.js';

/** A scenario with so many others written out below it. */
function nested(depth: number): unknown {
  let scenario: unknown = { name: 'x', base: 'enacted', changes: [] };
  for (let at = 0; at < depth; at += 1) scenario = { name: 'x', base: scenario, changes: [] };
  return scenario;
}

describe('a scenario file', () => {
  it('may have its bases written out, seven of them', () => {
    expect(readScenario(nested(7))).toEqual({ scenario: nested(7) });
  });

  it.each([8, 20_000])('stands on seven others at most, not on %i', (depth) => {
    const path = 'base.base.base.base.base.base.base.base';
    expect(readScenario(nested(depth))).toMatchObject({
      issues: [{ path, problem: expect.stringContaining('builds on too many scenarios') }],
    });
  });

  it.each([
    [[], 'must be an object'],
    [{ name: 'x', base: 'enacted' }, 'changes is missing'],
    [{ name: 'x', base: 1, changes: [] }, 'base must be "enacted", the name of a scenario'],
    [{ name: 'x', base: '', changes: [] }, 'base must have 1 to 500'],
    [{ name: 'x', base: { name: 'y', base: 'enacted' }, changes: [] }, 'base.changes is missing'],
    [
      {
        name: 'x',
        base: { name: 'y', base: 'enacted', changes: [{ withdraw: 'No Slug' }] },
        changes: [],
      },
      'base.changes[0].withdraw must be',
    ],
    [{ name: 'x', base: 'enacted', changes: [{}] }, 'changes[0] must be exactly one of'],
    [{ name: 'x', base: 'enacted', changes: ['x'] }, 'changes[0] must be exactly one of'],
    [{ name: 'x'.repeat(181), base: 'enacted', changes: [] }, 'name must have 1 to 180'],
    [
      {
        name: 'x',
        base: 'enacted',
        changes: [
          { enact: { ref: 'a', type: 'MilestoneNoted', effectiveOn: '2003-01-01', data: 1 } },
        ],
      },
      'changes[0].enact.data must be an object',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ withdraw: 'a', move: 'b' }] },
      'changes[0] must be exactly one of',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ withdraw: 'a', why: 'b' }] },
      'changes[0].why is not a field',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ move: 'a', effectiveOn: '2003-02-30' }] },
      'changes[0].effectiveOn must be a day',
    ],
    [
      { name: 'x', base: 'enacted', changes: [{ amend: 'a', set: {} }] },
      'changes[0].set must be an object',
    ],
    [
      {
        name: 'x',
        base: 'enacted',
        changes: [{ enact: { ref: 'a', type: 'Made', effectiveOn: '2003-01-01', data: {} } }],
      },
      'changes[0].enact.type must be one of',
    ],
    [{ name: 'x', base: 'enacted', changes: [], extra: 1 }, 'extra is not a field'],
  ])('%j is refused: %s', (json, expected) => {
    const read = readScenario(json);
    const issues =
      'issues' in read ? read.issues.map(({ path, problem }) => `${path} ${problem}`.trim()) : [];
    expect(issues.join('\n')).toContain(expected);
  });
});
