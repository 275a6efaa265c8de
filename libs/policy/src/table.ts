import {
  type CivilDay,
  type EventTable,
  type EventTypeRow,
  type Shape,
  shape,
  type ShapeIssue,
} from '#libs/kernel';
import { CLOSES_BEFORE_IT_OPENS, dataShapes, day, slug } from './data-shapes.js';
import type { PolicyEventType } from './events.js';

export const policyEventTypes = Object.keys(dataShapes) as readonly PolicyEventType[];

function policyEventShape(data: Shape): Shape {
  return shape.object({
    ref: slug,
    title: shape.text(),
    authority: shape.text(),
    citation: shape.text(),
    publishedOn: day,
    effectiveOn: day,
    verified: shape.boolean,
    note: shape.optional(shape.text()),
    data,
  });
}

/** Only a call-in's window has its closing day in `data`; it opens on the effective day. */
function windowIssues(event: {
  readonly effectiveOn: CivilDay;
  readonly data: { readonly closesOn?: CivilDay };
}): readonly ShapeIssue[] {
  const { closesOn } = event.data;
  return closesOn !== undefined && closesOn < event.effectiveOn
    ? [{ path: 'data.closesOn', problem: CLOSES_BEFORE_IT_OPENS }]
    : [];
}

function rowOf(data: Shape): EventTypeRow {
  const whole = policyEventShape(data);
  return {
    version: 1,
    personal: [],
    check: (value) => {
      const issues = whole(value, '');
      return issues.length > 0 ? issues : windowIssues(value as Parameters<typeof windowIssues>[0]);
    },
  };
}

/**
 * What the codec, the commands, imports and scenarios must know of each policy event: `check` takes
 * the whole event data, from `ref` to `data`. Nothing in a policy is personal.
 */
export const policyEventTable = Object.fromEntries(
  policyEventTypes.map((type) => [type, rowOf(dataShapes[type])]),
) as Readonly<Record<PolicyEventType, EventTypeRow>> satisfies EventTable;
