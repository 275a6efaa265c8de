import { type KnownEvent, knownFrom } from './envelope.js';
import { type Instant, isInstant } from './instant.js';

/** A moment of knowledge: an instant, or what stood in the log up to a position. */
export type KnownAt =
  | { readonly kind: 'instant'; readonly instant: Instant }
  | { readonly kind: 'position'; readonly position: number };

/** A position as it is written: a decimal number. Undefined where the text is none. */
export function readPosition(text: string): number | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const position = Number(text);
  return Number.isSafeInteger(position) ? position : undefined;
}

/** Reads `YYYY-MM-DDTHH:MM:SS.mmmZ` or `position:<n>`; undefined where the text is neither. */
export function readKnownAt(text: string): KnownAt | undefined {
  if (!text.startsWith('position:')) {
    return isInstant(text) ? { kind: 'instant', instant: text } : undefined;
  }
  const position = readPosition(text.slice('position:'.length));
  return position === undefined ? undefined : { kind: 'position', position };
}

/** Whether the registry knew the event at the moment; it knows all of them where none is named. */
export function isKnownAt(
  { metadata, position }: Pick<KnownEvent, 'metadata' | 'position'>,
  knownAt: KnownAt | undefined,
): boolean {
  if (knownAt === undefined) return true;
  return knownAt.kind === 'position'
    ? position <= knownAt.position
    : knownFrom(metadata) <= knownAt.instant;
}
