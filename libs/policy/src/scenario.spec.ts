import { describe, expect, it } from '@jest/globals';
import { readScenario } from './scenario.js';

describe('a scenario file', () => {
  it.each([
    [[], 'must be an object'],
    [{ name: 'x', base: 'enacted' }, 'changes is missing'],
    [{ name: 'x', base: 'other', changes: [] }, 'base must be one of enacted'],
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
