/**
 * One row for each event type of a room: what the generic codec must know of it. The codec itself
 * knows no event; the apps hand it the tables of policy, registry and access.
 */
export interface EventTypeRow {
  /** The version that is written today; older ones are upcast one step at a time. */
  readonly version: number;
  /**
   * Dotted paths in `data` of the personal fields, which are stored encrypted.
   * `basis.reason` is the field `reason` of the object `basis`.
   */
  readonly personal: readonly string[];
  /**
   * The field of `data` that holds a `{type, version, data}` of another type, which is upcast and
   * encrypted as that type is: a correction carries the whole corrected data of the event it names.
   */
  readonly nested?: string;
  /** Step n turns the data of version n into that of version n + 1. */
  readonly upcasters?: Readonly<Record<number, (data: unknown) => unknown>>;
  /** What is wrong with the data of today's version, field by field; empty when nothing is. */
  readonly check: (data: unknown) => readonly ShapeIssue[];
}

export type EventTable = Readonly<Record<string, EventTypeRow>>;

export interface ShapeIssue {
  /** Dotted path from the top of the checked value. */
  readonly path: string;
  readonly problem: string;
}
