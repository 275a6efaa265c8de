import type { CivilDay } from '#libs/kernel';
import type { PolicyEventData } from './events.js';

/** What is worth saying of the days of law that is accepted as it stands. */
export function dayWarnings(
  { effectiveOn, publishedOn }: Omit<PolicyEventData, 'ref'>,
  today: CivilDay,
): readonly string[] {
  const warnings: string[] = [];
  if (effectiveOn < publishedOn) {
    warnings.push(`It takes effect on ${effectiveOn}, before its publication on ${publishedOn}.`);
  }
  if (effectiveOn > today) {
    warnings.push(`It takes effect on ${effectiveOn}; the registry's day is ${today}.`);
  }
  return warnings;
}
