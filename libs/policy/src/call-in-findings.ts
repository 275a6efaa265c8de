import type { CivilDay } from '#libs/kernel';
import { type Finding, nothingToActOn } from './finding.js';
import type { PolicyRecord } from './record.js';

interface Group {
  readonly announced: PolicyRecord<'CallInAnnounced'>;
  readonly closesOn: CivilDay;
  readonly countries: readonly string[];
}

/** Groups as they stand after the records looked at so far. */
type Groups = Map<number, Group>;

/**
 * Call-ins and amendments that do not fit each other, in records that stand as they are folded.
 * Amendments bind to the group that they name whether or not it has opened yet, so every
 * announcement is known before the first amendment is looked at.
 */
export function callInFindings(records: readonly PolicyRecord[]): readonly Finding[] {
  const groups: Groups = new Map();
  const announcing = records.flatMap((record) =>
    record.type === 'CallInAnnounced' ? announce(groups, record) : [],
  );
  const amending = records.flatMap((record) => {
    if (record.type === 'CallInExtended') return extend(groups, record);
    if (record.type === 'CallInReopened') return reopen(groups, record);
    return record.type === 'CallInCountriesRescinded' ? rescind(groups, record) : [];
  });
  return [...announcing, ...amending];
}

function announce(groups: Groups, announced: PolicyRecord<'CallInAnnounced'>): readonly Finding[] {
  const { group, closesOn, countries } = announced.data;
  const first = groups.get(group)?.announced;
  if (!first) {
    groups.set(group, { announced, closesOn, countries });
    return [];
  }
  return [
    {
      ref: announced.ref,
      otherRef: first.ref,
      weight: 'contradiction',
      code: 'CallInGroupAlreadyAnnounced',
      problem: `announces group ${group}, which "${first.ref}" has announced already`,
    },
  ];
}

function notAnnounced(
  groups: Groups,
  record: PolicyRecord,
  all: readonly number[],
): readonly Finding[] {
  return nothingToActOn(record, {
    all,
    missing: all.filter((group) => !groups.has(group)),
    code: 'CallInGroupNotAnnounced',
    why: (missing) => `no announcement of group ${missing}`,
  });
}

function extend(groups: Groups, extension: PolicyRecord<'CallInExtended'>): readonly Finding[] {
  const { ref, effectiveOn } = extension;
  const { group: number, closesOn } = extension.data;
  const group = groups.get(number);
  if (!group) return notAnnounced(groups, extension, [number]);
  if (effectiveOn > group.closesOn) {
    return nothingToActOn(extension, {
      all: [number],
      missing: [number],
      code: 'CallInGroupAlreadyClosed',
      why: () => `group ${number} closed on ${group.closesOn}, before ${effectiveOn}`,
    });
  }
  groups.set(number, { ...group, closesOn });
  const { announced } = group;
  if (closesOn < announced.effectiveOn) {
    return [
      {
        ref,
        otherRef: announced.ref,
        weight: 'contradiction',
        code: 'WindowClosesBeforeItOpens',
        problem: `closes group ${number} on ${closesOn}, before it opens on ${announced.effectiveOn}`,
      },
    ];
  }
  if (closesOn > group.closesOn) return [];
  return [
    {
      ref,
      weight: 'idle',
      code: 'ExtensionClosesNoLater',
      problem: `extends nothing: group ${number} closes on ${group.closesOn} without it`,
    },
  ];
}

function reopen(groups: Groups, reopening: PolicyRecord<'CallInReopened'>): readonly Finding[] {
  const { closesOn } = reopening.data;
  const announced = reopening.data.groups.flatMap((number) => groups.get(number) ?? []);
  return [
    ...notAnnounced(groups, reopening, reopening.data.groups),
    ...nothingToActOn(reopening, {
      all: announced.map(({ announced: { data } }) => data.group),
      missing: announced
        .filter((group) => closesOn <= group.closesOn)
        .map(({ announced: { data } }) => data.group),
      code: 'CallInGroupStillOpen',
      why: (groupsOpen) => `open on ${closesOn} without it: group ${groupsOpen}`,
    }),
  ];
}

function rescind(
  groups: Groups,
  rescission: PolicyRecord<'CallInCountriesRescinded'>,
): readonly Finding[] {
  const { group: number, countries } = rescission.data;
  const group = groups.get(number);
  if (!group) return notAnnounced(groups, rescission, [number]);
  const left = group.countries.filter((country) => !countries.includes(country));
  groups.set(number, { ...group, countries: left });
  return nothingToActOn(rescission, {
    all: countries,
    missing: countries.filter((country) => !group.countries.includes(country)),
    code: 'CountryNotCalledIn',
    why: (missing) => `not in group ${number}: ${missing}`,
  });
}
