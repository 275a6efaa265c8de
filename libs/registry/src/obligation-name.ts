import type { ObligationKey } from './events.js';

/** One text for what names an obligation of a person: the same in every world. */
export function obligationName(key: ObligationKey): string {
  return [key.duty, key.anchorOn, key.year ?? '', key.kind ?? '', key.noticeId ?? ''].join('|');
}
