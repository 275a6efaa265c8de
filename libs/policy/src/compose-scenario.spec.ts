import { describe, expect, it } from '@jest/globals';
import { composeScenario, type FindBase } from './compose-scenario.js';
import type { Scenario } from './scenario.js';

function scenario(name: string, base: Scenario['base']): Scenario {
  return { name, base, changes: [{ withdraw: `of-${name}` }] };
}

/** Scenarios that find each other by the names under which they are kept. */
function composed(top: string, kept: Readonly<Record<string, Scenario>>) {
  const findBase: FindBase = (base) => {
    const found = kept[base];
    if (found) return { scenario: found, place: base, findBase };
    return { issues: [{ path: '', problem: `names "${base}", which nobody keeps` }] };
  };
  const found = findBase(top);
  if ('issues' in found) throw new Error(`There is no ${top}.`);
  return composeScenario(found);
}

function chain(length: number): Readonly<Record<string, Scenario>> {
  return Object.fromEntries(
    Array.from({ length }, (_, at) => [
      `s${at}`,
      scenario(`s${at}`, at + 1 === length ? 'enacted' : `s${at + 1}`),
    ]),
  );
}

describe('a scenario on a scenario', () => {
  it('is written out down to the enacted policy', () => {
    const a = scenario('a', 'b');
    const b = scenario('b', 'c');
    const c = scenario('c', 'enacted');
    expect(composed('a', { a, b, c })).toEqual({
      scenario: { ...a, base: { ...b, base: c } },
    });
    expect(composed('c', { c })).toEqual({ scenario: c });
  });

  it('may have its base written out, whose own base is looked for from the same place', () => {
    const inner = scenario('inner', 'c');
    const c = scenario('c', 'enacted');
    expect(composed('a', { a: scenario('a', inner), c })).toEqual({
      scenario: { ...scenario('a', 'x'), base: { ...inner, base: c } },
    });
  });

  it('is refused where a base is nowhere, with the place', () => {
    const kept = { a: scenario('a', 'b'), b: scenario('b', 'c') };
    expect(composed('a', kept)).toEqual({
      issues: [{ path: 'base.base', problem: 'names "c", which nobody keeps' }],
    });
  });

  it('is refused where a base is no scenario, with the place in that one', () => {
    const findBase: FindBase = () => ({ issues: [{ path: 'changes[0]', problem: 'is odd' }] });
    expect(composeScenario({ scenario: scenario('a', 'b'), place: 'a', findBase })).toEqual({
      issues: [{ path: 'base.changes[0]', problem: 'is odd' }],
    });
  });

  it('is refused where it leads in a circle, however long', () => {
    expect(composed('a', { a: scenario('a', 'a') })).toEqual({
      issues: [{ path: 'base', problem: 'leads in a circle: a, a' }],
    });
    const kept = { a: scenario('a', 'b'), b: scenario('b', 'c'), c: scenario('c', 'b') };
    expect(composed('a', kept)).toEqual({
      issues: [{ path: 'base.base.base', problem: 'leads in a circle: a, b, c, b' }],
    });
  });

  it('stands on seven others at most', () => {
    expect(composed('s0', chain(8))).toHaveProperty('scenario');
    expect(composed('s0', chain(9))).toEqual({
      issues: [
        {
          path: 'base.base.base.base.base.base.base.base',
          problem: expect.stringContaining('builds on too many scenarios'),
        },
      ],
    });
  });
});
