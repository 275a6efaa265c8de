import { type Obligation, obligationName } from '#libs/assessment';
import { canonicalJson, type CivilDay } from '#libs/kernel';
import type { Presence } from '#libs/registry';
import type { Row, World, WorldAnswer } from './answer.js';
import { cellsOf, NOT_IMPOSED, type Traits } from './dimension-values.js';
import type { Judged } from './judged.js';
import type { Known } from './known.js';
import type { ReplayRequest } from './request.js';
import { inRowOrder } from './row-order.js';
import {
  countNotImposed,
  countObligation,
  countPerson,
  newTally,
  type Owed,
  readMeasure,
  type Tally,
} from './tally.js';
import { type Crossed, traitsOf, traitsOfUnneeded } from './traits.js';

/** Counts one world under one assumption of presence, person by person, into cells. */
export class WorldCube {
  readonly #cells = new Map<
    string,
    { readonly values: readonly string[]; readonly tally: Tally }
  >();
  readonly #because = new Set<string>();
  readonly #isByTransition: boolean;
  readonly #isByStatus: boolean;
  #differs = false;

  constructor(
    readonly world: World,
    private readonly request: ReplayRequest,
    private readonly observedUntil: CivilDay,
  ) {
    this.#isByTransition = request.by.includes('transition');
    this.#isByStatus = this.#isByTransition || request.by.includes('status');
  }

  /** The `ref`s behind what was counted. */
  get because(): ReadonlySet<string> {
    return this.#because;
  }

  take(own: Judged, base: Judged, known: Known): void {
    for (const obligation of own.obligations) {
      const inBase = base.statuses.get(obligationName(obligation)) ?? NOT_IMPOSED;
      this.#takeObligation({ obligation, status: obligation.status, inBase }, own, known);
    }
    if (this.#isByTransition) this.#takeNotImposed(own, base, known);
    if (this.request.measures.includes('unneeded')) this.#takeUnneeded(own, known);
    this.#differs ||= own !== base && !isSame(this.#seen(own), this.#seen(base));
  }

  #takeObligation(crossed: Crossed, { groups }: Judged, known: Known): void {
    const { obligation, status } = crossed;
    if (!this.#holds(obligation.dueOn) || !this.#isListed(crossed)) return;
    obligation.because.forEach((ref) => this.#because.add(ref));
    const traits = traitsOf(crossed, groups, known);
    const owed = owedBy(obligation, traits, known);
    // Nothing was asked yet of whom an obligation lies ahead: they count among their like only.
    const countsPeople = status !== 'upcoming' || this.#isByStatus;
    for (const tally of this.#tallies(traits)) {
      countObligation(tally, owed, this.observedUntil);
      if (countsPeople) countPerson(tally, owed);
    }
  }

  #takeNotImposed(own: Judged, base: Judged, known: Known): void {
    for (const obligation of base.obligations) {
      const crossed = { obligation, status: NOT_IMPOSED, inBase: obligation.status };
      if (own.statuses.has(obligationName(obligation))) continue;
      if (!this.#holds(obligation.dueOn) || !this.#isListed(crossed)) continue;
      const traits = traitsOf(crossed, base.groups, known);
      const owed = owedBy(obligation, traits, known);
      for (const tally of this.#tallies(traits)) {
        countNotImposed(tally);
        countPerson(tally, owed);
      }
    }
  }

  #takeUnneeded({ unneeded }: Judged, known: Known): void {
    for (const id of unneeded) {
      const fact = known.facts.get(id);
      if (!fact || !this.#holds(fact.day)) continue;
      for (const tally of this.#tallies(traitsOfUnneeded(fact, known))) tally.unneeded += 1;
    }
  }

  #holds(day: CivilDay): boolean {
    const { from, to } = this.request;
    return (from === undefined || from <= day) && (to === undefined || day <= to);
  }

  /** What lies ahead is listed when asked for, or where a world makes it so of what does not in the other. */
  #isListed({ status, inBase }: Crossed): boolean {
    if (this.request.measures.includes('upcoming')) return true;
    return [status, inBase].some((one) => one !== 'upcoming' && one !== NOT_IMPOSED);
  }

  #seen({ obligations }: Judged): readonly Obligation[] {
    if (this.request.measures.includes('upcoming')) return obligations;
    return obligations.filter(({ status }) => status !== 'upcoming');
  }

  #tallies(traits: Traits): readonly Tally[] {
    return cellsOf(this.request.by, traits).map((values) => this.#tally(values));
  }

  #tally(values: readonly string[]): Tally {
    const key = JSON.stringify(values);
    const found = this.#cells.get(key);
    if (found) return found.tally;
    const tally = newTally();
    this.#cells.set(key, { values, tally });
    return tally;
  }

  /** The rows by their dimensions; a world that is compared says where it differs in nothing. */
  answer(presence: Presence, isCompared: boolean): WorldAnswer {
    const { by } = this.request;
    if (by.length === 0) this.#tally([]);
    const rows = [...this.#cells.values()]
      .sort((a, b) => inRowOrder(by, a.values, b.values))
      .map(({ values, tally }) => this.#row(values, tally));
    const { name, policy, warnings } = this.world;
    const same = isCompared && !this.#differs;
    return {
      scenario: name,
      presence,
      policyHash: policy.hash,
      method: 'reference',
      warnings: [...warnings, ...(same ? ['This world differs from its base in nothing.'] : [])],
      rows,
    };
  }

  #row(values: readonly string[], tally: Tally): Row {
    const { by, measures } = this.request;
    return {
      ...Object.fromEntries(by.map((dimension, at) => [dimension, values[at] ?? ''])),
      ...(this.#isByTransition && { obligations: tally.obligations }),
      ...Object.fromEntries(measures.map((measure) => [measure, readMeasure(tally, measure)])),
      // What nobody was asked for is told apart wherever something is counted, asked for or not.
      ...(!measures.includes('untested') && { untested: readMeasure(tally, 'untested') }),
      unobserved: tally.unobserved,
    };
  }
}

function owedBy(obligation: Obligation, { person }: Traits, { told }: Known): Owed {
  return { obligation, person: told, nationalities: person?.nationalities ?? [] };
}

/** Whether two worlds come to the same for a person, by whatever law. */
function isSame(own: readonly Obligation[], base: readonly Obligation[]): boolean {
  const outcome = ({ because: _because, facts: _facts, ...told }: Obligation): unknown => told;
  return canonicalJson(own.map(outcome)) === canonicalJson(base.map(outcome));
}
