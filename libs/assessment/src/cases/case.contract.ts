import { expect, it } from '@jest/globals';
import type { CivilDay, Instant } from '#libs/kernel';
import {
  applyScenario,
  type ComposedScenario,
  type Duty,
  enactedPolicy,
  findShippedScenario,
  type Policy,
  type ScenarioChange,
} from '#libs/policy';
import type { Presence } from '#libs/registry';
import { recorded, recordedId, SPEC_REGISTRANT, specStream } from '#libs/spec';
import { assess, type Assessment, type PolicyWorld } from '../assess.js';
import type { Obligation } from '../obligation.js';
import { lifeWritten } from './life.contract.js';

/** A case of the law: what is expected stands in `rules.md`, and was worked out from it by hand. */
export interface Case {
  /** A legal sentence. */
  readonly law: string;
  /** The facts in the order of the log: see `lifeWritten`. */
  readonly life: string;
  /** The day that is looked from. */
  readonly seen: CivilDay;
  readonly knownAt?: Instant;
  readonly presence?: Presence;
  readonly upcoming?: boolean;
  /** How the policy that was really in force differs from the enacted one. */
  readonly enacted?: readonly ScenarioChange[];
  /** A counterfactual beside it: a shipped one by name, or changes of the policy in force. */
  readonly scenario?: string | readonly ScenarioChange[];
  /** Where it is not that of the file. */
  readonly duty?: Duty;
  /** `opens..due status on day`, in listing order; empty where no obligation of the duty is imposed. */
  readonly comes: readonly string[];
  /** The facts that satisfied nothing: their types, in legal order. None where absent. */
  readonly unneeded?: readonly string[];
  /** The facts behind the first obligation, counted in the row from 0. */
  readonly rests?: readonly number[];
  /** Of the first obligation. */
  readonly with?: Partial<Obligation>;
}

/** One specification for each case of the duty. */
export function holds(duty: Duty, cases: readonly Case[]): void {
  it.each(cases)('$law', (row) => {
    const { obligations, unneeded } = assessedIn(row);
    const own = obligations.filter((obligation) => obligation.duty === (row.duty ?? duty));
    expect(own.map(told)).toEqual(row.comes);
    expect(typesOf(row, unneeded)).toEqual(row.unneeded ?? []);
    if (row.rests) {
      expect(own[0]?.facts).toEqual(row.rests.map((at) => recordedId(specStream, at)));
    }
    if (row.with) expect(own[0]).toMatchObject(row.with);
  });
}

/** The assessment of a row's life in its world. */
export function assessedIn(row: Omit<Case, 'law' | 'comes'>): Assessment {
  const { seen, knownAt, presence = 'until-departure', upcoming } = row;
  const subject = {
    registrantId: SPEC_REGISTRANT,
    events: recorded(specStream, lifeWritten(row.life)),
  };
  return assess(subject, worldOf(row), {
    on: seen,
    presence,
    ...(knownAt !== undefined && { knownAt }),
    ...(upcoming !== undefined && { upcoming }),
  });
}

/**
 * One obligation in short: window, status, and the day on which it was met, released or excused,
 * before it what tells several of one duty apart.
 */
export function told(obligation: Obligation): string {
  const { opensOn, dueOn, status, satisfiedOn, closedOn, year, kind } = obligation;
  const which = year !== undefined ? `year ${String(year)}: ` : kind ? `${kind}: ` : '';
  if (satisfiedOn !== undefined) expect(closedOn).toBe(satisfiedOn);
  return `${which}${opensOn}..${dueOn} ${status}${closedOn === undefined ? '' : ` on ${closedOn}`}`;
}

function typesOf(row: Omit<Case, 'law' | 'comes'>, ids: readonly string[]): readonly string[] {
  const events = recorded(specStream, lifeWritten(row.life));
  return ids.map((id) => events.find((event) => event.id === id)?.type ?? id);
}

function worldOf({ enacted, scenario }: Pick<Case, 'enacted' | 'scenario'>): PolicyWorld {
  const really = enacted ? changed(enactedPolicy, enacted) : enactedPolicy;
  if (scenario === undefined) return { policy: really };
  const changes = typeof scenario === 'string' ? shipped(scenario).changes : scenario;
  return { policy: changed(really, changes), recorded: really };
}

function shipped(name: string): ComposedScenario {
  const found = findShippedScenario(name);
  if (!found) throw new Error(`No scenario is shipped as "${name}".`);
  return found;
}

function changed({ log }: Policy, changes: readonly ScenarioChange[]): Policy {
  const outcome = applyScenario(log, { name: 'of a row', base: 'enacted', changes });
  if ('issues' in outcome) throw new Error(JSON.stringify(outcome.issues));
  return outcome.policy;
}
