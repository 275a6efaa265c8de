import { type CivilDay, type EventTypeRow, type Shape, shape, type ShapeIssue } from '#libs/kernel';
import { anyObject, CLOSES_BEFORE_IT_OPENS, dataShapes, day, slug } from './data-shapes.js';
import type { ClericalEventType, LawEventType, PolicyEventType } from './events.js';

/** The types of the events that make law: what a scenario may enact. */
export const lawEventTypes = Object.keys(dataShapes) as readonly LawEventType[];

const REASON_MAX = 2000;

/** What a record says beside its `ref`: all of it can be corrected. */
function recordFields(data: Shape): Readonly<Record<string, Shape>> {
  return {
    title: shape.text(),
    authority: shape.text(),
    citation: shape.text(),
    publishedOn: day,
    effectiveOn: day,
    verified: shape.boolean,
    note: shape.optional(shape.text()),
    data,
  };
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
  const whole = shape.object({ ref: slug, ...recordFields(data) });
  return {
    version: 1,
    personal: [],
    check: (value) => {
      const issues = whole(value, '');
      return issues.length > 0 ? issues : windowIssues(value as Parameters<typeof windowIssues>[0]);
    },
  };
}

/** Of which type the corrected data must be, only the record tells that the correction names. */
const clericalShapes: Readonly<Record<ClericalEventType, Shape>> = {
  PolicyRecordCorrected: shape.object({
    ref: slug,
    corrected: shape.object(recordFields(anyObject)),
    reason: shape.text(REASON_MAX),
  }),
  PolicyRecordRescinded: shape.object({ ref: slug, reason: shape.text(REASON_MAX) }),
};

function clericalRowOf(whole: Shape): EventTypeRow {
  return { version: 1, personal: [], check: (value) => whole(value, '') };
}

/**
 * What the codec, the commands, imports and scenarios must know of each policy event: `check` takes
 * the whole event data, from `ref` to `data`. Nothing in a policy is personal.
 */
export const policyEventTable: Readonly<Record<PolicyEventType, EventTypeRow>> = {
  ...(Object.fromEntries(lawEventTypes.map((type) => [type, rowOf(dataShapes[type])])) as Readonly<
    Record<LawEventType, EventTypeRow>
  >),
  PolicyRecordCorrected: clericalRowOf(clericalShapes.PolicyRecordCorrected),
  PolicyRecordRescinded: clericalRowOf(clericalShapes.PolicyRecordRescinded),
};
