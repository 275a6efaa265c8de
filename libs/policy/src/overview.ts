import type { CivilDay } from '#libs/kernel';
import { countries as countryNames, criteria, ports } from '#libs/reference';
import { type CallInGroup, callInGroups } from './call-in.js';
import { dutyAfter, NOT_ENACTED } from './duty-periods.js';
import { type Duty, dutyNames, type DutyTerms, type Sex } from './events.js';
import { type Policy, policyPublishedBy } from './fold.js';
import { inForceOn, programmeEndedBy } from './in-force.js';
import type { PolicyRecord } from './record.js';

/** What carries a rule: the event's `ref`, and where it stands in print. */
export interface LawNamed {
  readonly ref: string;
  readonly title: string;
  readonly citation: string;
  readonly verified: boolean;
}

export interface DutyOnDay extends LawNamed {
  readonly duty: Duty;
  /** From which day it has been in force, or suspended, under the event named. */
  readonly since: CivilDay;
  readonly terms: DutyTerms;
}

export interface GroupOnDay extends LawNamed {
  readonly group: number;
  readonly countries: readonly string[];
  readonly sex: Sex;
  readonly bornOnOrBefore: CivilDay;
  readonly admittedOnOrBefore: CivilDay;
  readonly asylumFiledOnOrBefore: CivilDay;
  readonly opensOn: CivilDay;
  /** With the extensions in force by the day. */
  readonly closesOn: CivilDay;
  readonly reopenings: readonly { readonly opensOn: CivilDay; readonly closesOn: CivilDay }[];
}

export interface CountryOnDay {
  readonly country: string;
  readonly name: string;
  /** The `ref`s of the designations of arrivals that name it. */
  readonly designations: readonly string[];
  readonly callInGroups: readonly number[];
}

/** The policy in force on a day, for people: what is in force, suspended, designated and announced. */
export interface PolicyOverview {
  readonly on: CivilDay;
  readonly policyHash: string;
  /** The delisting or removal by which the programme had ended, where it had. */
  readonly endedBy?: LawNamed & { readonly effectiveOn: CivilDay };
  readonly inForce: readonly DutyOnDay[];
  readonly suspended: readonly DutyOnDay[];
  readonly designatedCountries: readonly CountryOnDay[];
  /** Announced by the day; whether a window has opened, its days tell. */
  readonly groups: readonly GroupOnDay[];
  /** On which an officer may register anybody at discretion. */
  readonly criteria: readonly (LawNamed & { readonly slug: string; readonly criterion: string })[];
  /** At which a departure may be registered. */
  readonly ports: readonly (LawNamed & { readonly code: string; readonly name: string })[];
}

export function policyOverview(policy: Policy, on: CivilDay): PolicyOverview {
  const ended = programmeEndedBy(policy, on);
  const duties = dutyNames.map((duty) => dutyOn(policy, duty, on));
  const groups = ended ? [] : callInGroups(policyPublishedBy(policy, on), on, true);
  return {
    on,
    policyHash: policy.hash,
    ...(ended && { endedBy: { ...lawNamed(ended), effectiveOn: ended.effectiveOn } }),
    inForce: duties.flatMap(({ inForce }) => inForce ?? []),
    suspended: duties.flatMap(({ suspended }) => suspended ?? []),
    designatedCountries: designatedCountries(policy, on, groups),
    groups: groups.map(groupOnDay),
    criteria: inForceOn(policy, 'ArrivalDiscretionAuthorised', on).flatMap((record) =>
      criteria
        .filter(({ slug }) => record.data.criteria.includes(slug))
        .map(({ slug, title }) => ({ slug, criterion: title, ...lawNamed(record) })),
    ),
    ports: inForceOn(policy, 'DeparturePortsDesignated', on).flatMap((record) =>
      ports
        .filter(({ code }) => record.data.ports.includes(code))
        .map(({ code, name }) => ({ code, name, ...lawNamed(record) })),
    ),
  };
}

export function lawNamed({ ref, title, citation, verified }: PolicyRecord): LawNamed {
  return { ref, title, citation, verified };
}

function dutyOn(
  policy: Policy,
  duty: Duty,
  on: CivilDay,
): { readonly inForce?: DutyOnDay; readonly suspended?: DutyOnDay } {
  const { status, enactments, cause } = policy.records
    .filter(({ effectiveOn }) => effectiveOn <= on)
    .reduce((state, record) => dutyAfter(state, record, duty), NOT_ENACTED);
  const enacted = enactments.at(-1);
  if (!enacted || !cause || status === 'none') return {};
  const law = { duty, since: cause.effectiveOn, terms: enacted.data.terms, ...lawNamed(cause) };
  return status === 'in-force' ? { inForce: law } : { suspended: law };
}

function designatedCountries(
  policy: Policy,
  on: CivilDay,
  groups: readonly CallInGroup[],
): readonly CountryOnDay[] {
  const designations = inForceOn(policy, 'ArrivalDesignationMade', on);
  const named = new Set([
    ...designations.flatMap(({ data }) => data.countries),
    ...groups.flatMap(({ countries }) => countries),
  ]);
  const codesAndNames = Object.entries(countryNames).filter(([code]) => named.has(code));
  // No two begin with the same code, so that as texts they stand in the order of the codes.
  return codesAndNames.toSorted().map(([country, name]) => ({
    country,
    name,
    designations: designations
      .filter(({ data }) => data.countries.includes(country))
      .map(({ ref }) => ref),
    callInGroups: groups
      .filter(({ countries }) => countries.includes(country))
      .map(({ group }) => group),
  }));
}

function groupOnDay({
  announced,
  countries,
  closesOn,
  reopenings,
  ...of
}: CallInGroup): GroupOnDay {
  const { sex, bornOnOrBefore, admittedOnOrBefore, asylumFiledOnOrBefore } = announced.data;
  return {
    group: of.group,
    countries,
    sex,
    bornOnOrBefore,
    admittedOnOrBefore,
    asylumFiledOnOrBefore,
    opensOn: of.opensOn,
    closesOn,
    reopenings: reopenings.map(({ effectiveOn, data }) => ({
      opensOn: effectiveOn,
      closesOn: data.closesOn,
    })),
    ...lawNamed(announced),
  };
}
