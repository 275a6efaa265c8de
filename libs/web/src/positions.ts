import { type Instant, isInstant, type Shape } from '#libs/kernel';

/** A moment of knowledge: an instant, or what stood in the log up to a position. */
export type KnownAt =
  | { readonly kind: 'instant'; readonly instant: Instant }
  | { readonly kind: 'position'; readonly position: number };

/** A position on the wire: a decimal string. Undefined where the text is none. */
export function readPosition(text: string): number | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const position = Number(text);
  return Number.isSafeInteger(position) ? position : undefined;
}

export function writePosition(position: number): string {
  return String(position);
}

/** Reads `YYYY-MM-DDTHH:MM:SS.mmmZ` or `position:<n>`; undefined where the text is neither. */
export function readKnownAt(text: string): KnownAt | undefined {
  if (!text.startsWith('position:')) {
    return isInstant(text) ? { kind: 'instant', instant: text } : undefined;
  }
  const position = readPosition(text.slice('position:'.length));
  return position === undefined ? undefined : { kind: 'position', position };
}

export const positionShape: Shape = (value, path) =>
  typeof value === 'string' && readPosition(value) !== undefined
    ? []
    : [{ path, problem: 'must be a position of the log, a decimal number' }];

export const knownAtShape: Shape = (value, path) =>
  typeof value === 'string' && readKnownAt(value)
    ? []
    : [{ path, problem: 'must be an instant (YYYY-MM-DDTHH:MM:SS.mmmZ) or position:<n>' }];
