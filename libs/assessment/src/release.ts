import type { CivilDay } from '#libs/kernel';
import { dutyCeased } from '#libs/policy';
import { type Fact, isOutsideProgramme, type Stay } from '#libs/registry';
import type { Window } from './window.js';
import type { World } from './world.js';

/** Why an unmet obligation stopped being owed, and from when. */
export interface Release {
  readonly on: CivilDay;
  /** The end of a stay takes effect at the end of its day; all else at the start of it. */
  readonly atEndOfDay: boolean;
  readonly because: readonly string[];
  readonly facts: readonly string[];
}

/** The first event that releases the window; undefined where none does by the day looked from. */
export function releaseOf(world: World, window: Window): Release | undefined {
  const releases = [
    byPolicy(world, window),
    byExemption(world, window),
    byStatus(window),
    byEndOfStay(world, window),
  ].filter((release) => release !== undefined);
  return releases.toSorted(earliestFirst)[0];
}

function earliestFirst(a: Release, b: Release): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  return Number(a.atEndOfDay) - Number(b.atEndOfDay);
}

/** The duty suspended or ended after the opening day, up to the due day. */
function byPolicy(world: World, { duty, opensOn, dueOn }: Window): Release | undefined {
  const ceased = dutyCeased(world.present, duty, { after: opensOn, through: dueOn });
  if (!ceased) return undefined;
  const { on, by } = ceased;
  const isOwed =
    on === dueOn &&
    by.type === 'DomesticRegistrationSuspended' &&
    by.data.deadlineOnEffectiveDay === 'owed';
  return isOwed ? undefined : { on, atEndOfDay: false, because: [by.ref], facts: [] };
}

/** An individual exemption that began after the opening day, up to the due day. */
function byExemption({ facts }: World, { duty, opensOn, dueOn }: Window): Release | undefined {
  const exemption = facts.find(
    (fact) =>
      fact.type === 'ExemptionGranted' &&
      fact.data.duties.includes(duty) &&
      fact.data.from > opensOn &&
      fact.data.from <= dueOn,
  );
  return exemption && releasedBy(exemption);
}

/** A status outside the programme reached after the opening day, up to the due day. */
function byStatus({ stay, opensOn, dueOn }: Window): Release | undefined {
  const changes = stay.facts.filter((fact) => fact.type === 'StatusChanged');
  // Of several statuses of one day only the last holds on it.
  const change = changes.find(
    ({ day, data }, at) =>
      day > opensOn && day <= dueOn && changes[at + 1]?.day !== day && isOutsideProgramme(data.to),
  );
  return change && releasedBy(change);
}

function releasedBy(fact: { readonly id: string; readonly day: CivilDay }): Release {
  return { on: fact.day, atEndOfDay: false, because: [], facts: [fact.id] };
}

/** The end of the stay, which releases neither departure nor arrival registration. */
function byEndOfStay(world: World, { duty, stay, opensOn, dueOn }: Window): Release | undefined {
  if (duty === 'departure-registration' || duty === 'arrival-registration') return undefined;
  const { until } = stay;
  if (until === undefined || until < opensOn || until > dueOn || until > world.on) return undefined;
  const ending = stay.departure ?? nextArrival(world, stay);
  // A stay that is assumed to have ended with its admission has no fact that says so.
  const facts = ending?.day === until ? [ending.id] : [];
  return { on: until, atEndOfDay: true, because: [], facts };
}

function nextArrival({ facts }: World, { opening }: Stay): Fact | undefined {
  return facts.slice(facts.indexOf(opening) + 1).find(({ type }) => type === 'ArrivalRegistered');
}
