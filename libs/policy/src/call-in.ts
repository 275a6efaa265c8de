import { type CivilDay, daysBetween } from '#libs/kernel';
import type { Policy } from './fold.js';
import { inForceOn, type PersonAttributes } from './in-force.js';
import type { PolicyRecord } from './record.js';

/** A group called in, as it stood on a day: amendments bind to it from their own effective day. */
export interface CallInGroup {
  readonly group: number;
  readonly announced: PolicyRecord<'CallInAnnounced'>;
  readonly countries: readonly string[];
  readonly opensOn: CivilDay;
  /** With every extension that took effect on or before the closing day then valid. */
  readonly closesOn: CivilDay;
  readonly extensions: readonly PolicyRecord<'CallInExtended'>[];
  readonly reopenings: readonly PolicyRecord<'CallInReopened'>[];
}

/**
 * The groups that had been announced and amended by that day. A group is in force through its
 * announcement alone; with `announcedToo`, also those whose window had not opened yet.
 */
export function callInGroups(
  policy: Policy,
  day: CivilDay,
  announcedToo = false,
): readonly CallInGroup[] {
  const announcements = announcedToo
    ? policy.records.filter((record) => record.type === 'CallInAnnounced')
    : inForceOn(policy, 'CallInAnnounced', day);
  return announcements.map((announced) => amended(policy, announced, day));
}

function amended(
  policy: Policy,
  announced: PolicyRecord<'CallInAnnounced'>,
  day: CivilDay,
): CallInGroup {
  const { group } = announced.data;
  const struck = inForceOn(policy, 'CallInCountriesRescinded', day)
    .filter(({ data }) => data.group === group)
    .flatMap(({ data }) => data.countries);
  const extensions: PolicyRecord<'CallInExtended'>[] = [];
  let closesOn = announced.data.closesOn;
  for (const extension of inForceOn(policy, 'CallInExtended', day)) {
    if (extension.data.group !== group || extension.effectiveOn > closesOn) continue;
    closesOn = extension.data.closesOn;
    extensions.push(extension);
  }
  return {
    group,
    announced,
    countries: announced.data.countries.filter((country) => !struck.includes(country)),
    opensOn: announced.effectiveOn,
    closesOn,
    extensions,
    reopenings: inForceOn(policy, 'CallInReopened', day).filter(({ data }) =>
      data.groups.includes(group),
    ),
  };
}

/** What decides to which group somebody belongs. */
export interface CallInCase {
  readonly person: PersonAttributes;
  readonly admittedOn: CivilDay;
  readonly asylumClaimFiledOn?: CivilDay;
}

/** Whether the person, as admitted, belongs to the group as it stands. */
export function belongsToGroup(group: CallInGroup, of: CallInCase): boolean {
  const { sex, bornOnOrBefore, admittedOnOrBefore, asylumFiledOnOrBefore } = group.announced.data;
  return (
    of.person.nationalities.some((nationality) => group.countries.includes(nationality)) &&
    of.person.sex === sex &&
    of.person.bornOn <= bornOnOrBefore &&
    of.admittedOn <= admittedOnOrBefore &&
    (of.asylumClaimFiledOn === undefined || of.asylumClaimFiledOn > asylumFiledOnOrBefore)
  );
}

/**
 * The groups to which somebody who registers on that day belongs, opened by then: the one that opened
 * first, then the lower number, comes first and is the one that counts.
 */
export function callInGroupsFor(
  policy: Policy,
  registeredOn: CivilDay,
  of: CallInCase,
): readonly CallInGroup[] {
  return callInGroups(policy, registeredOn)
    .filter((group) => belongsToGroup(group, of))
    .toSorted((a, b) => daysBetween(b.opensOn, a.opensOn) || a.group - b.group);
}
