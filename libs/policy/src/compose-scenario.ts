import type { ShapeIssue } from '#libs/kernel';
import {
  type ComposedScenario,
  ENACTED,
  type Scenario,
  SCENARIO_DEPTH_MAX,
  tooDeep,
} from './scenario.js';

/** A scenario where it was found: its own bases are looked for from there. */
export interface FoundScenario {
  readonly scenario: Scenario;
  /** What tells it from all others: the name under which it ships, or the path of its file. */
  readonly place: string;
  readonly findBase: FindBase;
}

/** The scenario that a base names, or what is wrong with it, by places within that scenario. */
export type FindBase = (base: string) => FoundScenario | { readonly issues: readonly ShapeIssue[] };

/** The scenario with all its bases written out, or the place at which that cannot be done. */
export type Composition =
  { readonly scenario: ComposedScenario } | { readonly issues: readonly ShapeIssue[] };

/** Finds the scenarios on which one builds, however many stand one upon another; refuses circles. */
export function composeScenario(found: FoundScenario): Composition {
  return compose(found, { path: 'base', places: [found.place] });
}

interface Way {
  /** Of the base that is looked for. */
  readonly path: string;
  /** Of all scenarios on the way to it. */
  readonly places: readonly string[];
}

function compose({ scenario, place, findBase }: FoundScenario, way: Way): Composition {
  const { base } = scenario;
  if (base === ENACTED) return { scenario: { ...scenario, base: ENACTED } };
  if (way.places.length >= SCENARIO_DEPTH_MAX) return { issues: [tooDeep(way.path)] };
  const found =
    typeof base === 'string'
      ? findBase(base)
      : { scenario: base, place: `the base of ${place}`, findBase };
  if ('issues' in found) return { issues: within(way.path, found.issues) };
  const places = [...way.places, found.place];
  if (way.places.includes(found.place)) {
    return { issues: [{ path: way.path, problem: `leads in a circle: ${places.join(', ')}` }] };
  }
  const under = compose(found, { path: `${way.path}.base`, places });
  return 'issues' in under ? under : { scenario: { ...scenario, base: under.scenario } };
}

/** Issues of a scenario on which another builds, by their places in that one. */
export function within(base: string, issues: readonly ShapeIssue[]): readonly ShapeIssue[] {
  return issues.map(({ path, problem }) => ({
    path: path === '' ? base : `${base}.${path}`,
    problem,
  }));
}
