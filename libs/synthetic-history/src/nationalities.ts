import { firstDesignated } from './asked.js';
import * as assumed from './assumptions.js';
import { only, Random, type Weighted } from './random.js';

/**
 * The nationalities of a history in the order in which their first nationals are registered: those of
 * the first designation, the other designated ones, then the rest of the world, frequent ones rather
 * earlier. Until its turn has come, nobody of a nationality is registered on arrival.
 */
export class Nationalities {
  readonly #order: readonly string[];
  readonly #tables = new Map<string, Weighted<string>>();

  constructor(seed: number, people: number, limit: number) {
    const random = new Random(seed, people, 1);
    const designated = inWeightedOrder(
      only(assumed.designatedNationals, (code) => !firstDesignated.includes(code)),
      random,
    );
    const others = inWeightedOrder(assumed.otherNationals, random);
    this.#order = [...firstDesignated, ...designated, ...others].slice(0, limit);
  }

  /** The nationality whose turn is the given one, from 1. */
  ofTurn(turn: number): string {
    const code = this.#order[turn - 1];
    if (code === undefined) throw new RangeError(`No nationality has the turn ${String(turn)}.`);
    return code;
  }

  /** Those choices whose turn has come. */
  among(name: keyof typeof tables, turns: number): Weighted<string> {
    const key = `${name} ${String(turns)}`;
    const kept = this.#tables.get(key);
    if (kept) return kept;
    const known = new Set(this.#order.slice(0, turns));
    const table = only(tables[name], (code) => known.has(code));
    this.#tables.set(key, table);
    return table;
  }
}

const tables = {
  designated: assumed.designatedNationals,
  /** Of whom some are designated, but not all of them from the first day. */
  notAllDesignated: only(assumed.designatedNationals, (code) => !firstDesignated.includes(code)),
  others: assumed.otherNationals,
  second: assumed.secondNationalities,
};

function inWeightedOrder(choices: Weighted<string>, random: Random): readonly string[] {
  const order: string[] = [];
  let left = choices;
  while (left.values.length > 0) {
    const next = random.weighted(left);
    order.push(next);
    left = only(left, (code) => code !== next);
  }
  return order;
}
