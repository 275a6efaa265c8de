import { addDays, type CivilDay, laterOf } from '#libs/kernel';
import type { Fact } from '#libs/registry';
import { type Obligation, obligationName, type Status } from './obligation.js';
import { type Release, releaseOf } from './release.js';
import type { Window } from './window.js';
import type { World } from './world.js';

/** What became of a window: its status, the fact that satisfied it, and what released or excused it. */
export interface Outcome {
  readonly window: Window;
  readonly status: Status;
  readonly satisfiedBy?: Fact;
  readonly closedOn?: CivilDay;
  readonly because: readonly string[];
  readonly facts: readonly string[];
}

/**
 * Judges a window by the candidates for satisfying it: facts of its duty and stay, in legal order,
 * of which none fell to another window.
 */
export function outcomeOf(world: World, window: Window, candidates: readonly Fact[]): Outcome {
  const { because, facts } = window;
  if (window.opensOn > world.on) return { window, status: 'upcoming', because, facts };
  const release = releaseOf(world, window);
  const fact = candidates.find(({ day }) => day >= window.opensOn && isBefore(release, day));
  if (fact) return satisfied(window, fact);
  if (release) {
    return {
      window,
      status: 'released',
      closedOn: release.on,
      because: [...because, ...release.because],
      facts: [...facts, ...release.facts],
    };
  }
  if (world.on <= window.dueOn) return { window, status: 'open', because, facts };
  const goodCause = acceptedGoodCause(world, window);
  if (!goodCause) return { window, status: 'missed', because, facts };
  return {
    window,
    status: 'excused',
    // Accepted ahead of time, it excuses only when the due day has passed.
    closedOn: laterOf(goodCause.day, addDays(window.dueOn, 1)),
    because,
    facts: [...facts, goodCause.id],
  };
}

/** Whether a fact of that day still satisfies: what releases at the start of a day comes before its facts. */
function isBefore(release: Release | undefined, day: CivilDay): boolean {
  if (!release) return true;
  return release.atEndOfDay ? day <= release.on : day < release.on;
}

function satisfied(window: Window, fact: Fact): Outcome {
  const { day } = fact;
  const reopening = window.reopenings?.find(
    ({ opensOn, closesOn }) => day > window.dueOn && opensOn <= day && day <= closesOn,
  );
  const inTime = day <= window.dueOn || reopening !== undefined;
  return {
    window,
    status: inTime ? 'met' : 'met-late',
    satisfiedBy: fact,
    closedOn: day,
    because: reopening ? [...window.because, reopening.ref] : window.because,
    facts: window.facts.includes(fact.id) ? window.facts : [...window.facts, fact.id],
  };
}

function acceptedGoodCause(world: World, window: Window): Fact | undefined {
  const name = obligationName(window);
  return world.facts.find(
    (fact) => fact.type === 'GoodCauseAccepted' && obligationName(fact.data.obligation) === name,
  );
}

/** The obligation as it is listed. */
export function obligationOf(
  outcome: Outcome,
  registrantId: string,
  responsibleOffice: string | undefined,
): Obligation {
  const { window, satisfiedBy, closedOn } = outcome;
  const { duty, anchorOn, year, kind, noticeId, opensOn, dueOn } = window;
  const office = officeOf(satisfiedBy) ?? responsibleOffice;
  return {
    registrantId,
    duty,
    anchorOn,
    ...(year !== undefined && { year }),
    ...(kind !== undefined && { kind }),
    ...(noticeId !== undefined && { noticeId }),
    opensOn,
    dueOn,
    status: outcome.status,
    ...(satisfiedBy && { satisfiedOn: satisfiedBy.day }),
    ...(closedOn !== undefined && { closedOn }),
    ...(office !== undefined && { office }),
    port: portOf(satisfiedBy) ?? portOfAdmission(window),
    because: outcome.because,
    facts: outcome.facts,
  };
}

function officeOf(fact: Fact | undefined): string | undefined {
  return fact && 'office' in fact.data ? fact.data.office : undefined;
}

function portOf(fact: Fact | undefined): string | undefined {
  return fact && 'port' in fact.data ? fact.data.port : undefined;
}

function portOfAdmission({ stay: { opening } }: Window): string {
  return opening.type === 'ArrivalRegistered' ? opening.data.port : opening.data.admission.port;
}
