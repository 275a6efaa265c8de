import { statuses } from '#libs/assessment';
import { dutyNames } from '#libs/policy';
import { NONE, NOT_IMPOSED, TRANSITION, UNNEEDED } from './dimension-values.js';
import type { Dimension } from './request.js';

const statusOrder: readonly string[] = [NOT_IMPOSED, ...statuses, UNNEEDED];
const dutyOrder: readonly string[] = dutyNames;

/** Rows by their values, one dimension after the other: duties and statuses as the rules list them, `none` last. */
export function inRowOrder(
  by: readonly Dimension[],
  a: readonly string[],
  b: readonly string[],
): number {
  for (const [at, dimension] of by.entries()) {
    const order = compare(dimension, a[at] ?? NONE, b[at] ?? NONE);
    if (order !== 0) return order;
  }
  return 0;
}

function compare(dimension: Dimension, a: string, b: string): number {
  if (a === b) return 0;
  if (a === NONE || b === NONE) return a === NONE ? 1 : -1;
  return rankOf(dimension, a) - rankOf(dimension, b) || (a < b ? -1 : 1);
}

function rankOf(dimension: Dimension, value: string): number {
  if (dimension === 'duty') return dutyOrder.indexOf(value);
  if (dimension === 'status') return statusOrder.indexOf(value);
  if (dimension === 'callInGroup') return Number(value);
  if (dimension !== 'transition') return 0;
  const [inBase = value, here = value] = value.split(TRANSITION);
  return statusOrder.indexOf(inBase) * statusOrder.length + statusOrder.indexOf(here);
}
