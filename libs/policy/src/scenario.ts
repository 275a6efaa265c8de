import { type CivilDay, type Shape, shape, type ShapeIssue } from '#libs/kernel';
import { day, slug } from './data-shapes.js';
import type { LawEventType } from './events.js';
import { lawEventTypes } from './table.js';

/** One change of a policy: an event withdrawn, moved to another day, amended, or added. */
export type ScenarioChange =
  | { readonly withdraw: string }
  | { readonly move: string; readonly effectiveOn: CivilDay }
  | {
      readonly amend: string;
      /** Dotted paths within the event's `data`, and what stands there instead. */
      readonly set: Readonly<Record<string, unknown>>;
    }
  | { readonly enact: ScenarioEnactment };

/** An event that a scenario adds; what is not said of its origin says that it is the scenario's. */
export interface ScenarioEnactment {
  readonly ref: string;
  readonly type: LawEventType;
  readonly effectiveOn: CivilDay;
  readonly publishedOn?: CivilDay;
  readonly title?: string;
  readonly authority?: string;
  readonly citation?: string;
  readonly data: unknown;
}

/** A counterfactual as data: a base policy plus changes, in the order in which they are made. */
export interface Scenario {
  readonly name: string;
  /** The question behind it. */
  readonly question?: string;
  /** `enacted`, or the scenario whose changes come first: by its name, or written out. */
  readonly base: string | Scenario;
  readonly changes: readonly ScenarioChange[];
}

/** A scenario that can be applied as it stands: each of its bases is written out. */
export interface ComposedScenario extends Scenario {
  readonly base: 'enacted' | ComposedScenario;
}

export const ENACTED = 'enacted';

/** Short enough to be cited by what the scenario enacts. */
export const SCENARIO_NAME_MAX = 180;
export const SCENARIO_QUESTION_MAX = 1000;
export const SCENARIO_CHANGES_MAX = 500;
export const SCENARIO_BASE_MAX = 500;
/** How many scenarios may stand one upon another; no question that people asked needs more. */
export const SCENARIO_DEPTH_MAX = 8;

const changeShapes: Readonly<Record<string, Shape>> = {
  withdraw: shape.object({ withdraw: slug }),
  move: shape.object({ move: slug, effectiveOn: day }),
  amend: shape.object({
    amend: slug,
    set: (value, path) =>
      shape.isPlainObject(value) && Object.keys(value).length > 0
        ? []
        : [{ path, problem: 'must be an object of at least one path and its value' }],
  }),
  enact: shape.object({
    enact: shape.object({
      ref: slug,
      type: shape.oneOf(lawEventTypes),
      effectiveOn: day,
      publishedOn: shape.optional(day),
      title: shape.optional(shape.text()),
      authority: shape.optional(shape.text()),
      citation: shape.optional(shape.text()),
      data: (value, path) =>
        shape.isPlainObject(value) ? [] : [{ path, problem: 'must be an object' }],
    }),
  }),
};

function change(value: unknown, path: string): readonly ShapeIssue[] {
  const kinds = shape.isPlainObject(value)
    ? Object.keys(changeShapes).filter((kind) => kind in value)
    : [];
  const [kind] = kinds;
  const check = kind === undefined ? undefined : changeShapes[kind];
  if (!check || kinds.length > 1) {
    return [{ path, problem: 'must be exactly one of withdraw, move, amend or enact' }];
  }
  return check(value, path);
}

const baseName = shape.text(SCENARIO_BASE_MAX);

/** Written out within others to at most the depth that is left. */
function scenarioShape(depthLeft: number): Shape {
  return shape.object({
    name: shape.text(SCENARIO_NAME_MAX),
    question: shape.optional(shape.text(SCENARIO_QUESTION_MAX)),
    base: (value, path) => {
      if (typeof value === 'string') return baseName(value, path);
      if (!shape.isPlainObject(value)) {
        return [{ path, problem: 'must be "enacted", the name of a scenario, or a scenario' }];
      }
      return depthLeft > 1 ? scenarioShape(depthLeft - 1)(value, path) : [tooDeep(path)];
    },
    changes: shape.list(change, 0, SCENARIO_CHANGES_MAX),
  });
}

export function tooDeep(path: string): ShapeIssue {
  const problem = `builds on too many scenarios: at most ${SCENARIO_DEPTH_MAX} may stand one upon another`;
  return { path, problem };
}

const wholeScenario = scenarioShape(SCENARIO_DEPTH_MAX);

/** Reads a scenario from parsed JSON; issues name the place, as `changes[1].withdraw`. */
export function readScenario(
  json: unknown,
): { readonly scenario: Scenario } | { readonly issues: readonly ShapeIssue[] } {
  const issues = wholeScenario(json, '');
  return issues.length > 0 ? { issues } : { scenario: json as Scenario };
}
