import { type CivilDay, type Shape, shape, type ShapeIssue } from '#libs/kernel';
import { day, slug } from './data-shapes.js';
import type { PolicyEventType } from './events.js';
import { policyEventTypes } from './table.js';

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
  readonly type: PolicyEventType;
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
  readonly base: 'enacted';
  readonly changes: readonly ScenarioChange[];
}

/** Short enough to be cited by what the scenario enacts. */
export const SCENARIO_NAME_MAX = 180;
export const SCENARIO_QUESTION_MAX = 1000;
export const SCENARIO_CHANGES_MAX = 500;

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
      type: shape.oneOf(policyEventTypes),
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

const scenarioShape = shape.object({
  name: shape.text(SCENARIO_NAME_MAX),
  question: shape.optional(shape.text(SCENARIO_QUESTION_MAX)),
  base: shape.oneOf(['enacted']),
  changes: shape.list(change, 0, SCENARIO_CHANGES_MAX),
});

/** Reads a scenario from parsed JSON; issues name the place, as `changes[1].withdraw`. */
export function readScenario(
  json: unknown,
): { readonly scenario: Scenario } | { readonly issues: readonly ShapeIssue[] } {
  const issues = scenarioShape(json, '');
  return issues.length > 0 ? { issues } : { scenario: json as Scenario };
}
