import { readKnownAt, readPosition, type Shape } from '#libs/kernel';

/** A position on the wire: a decimal string, since not every reader of JSON holds it exactly. */
export function writePosition(position: number): string {
  return String(position);
}

export const positionShape: Shape = (value, path) =>
  typeof value === 'string' && readPosition(value) !== undefined
    ? []
    : [{ path, problem: 'must be a position of the log, a decimal number' }];

export const knownAtShape: Shape = (value, path) =>
  typeof value === 'string' && readKnownAt(value)
    ? []
    : [{ path, problem: 'must be an instant (YYYY-MM-DDTHH:MM:SS.mmmZ) or position:<n>' }];
