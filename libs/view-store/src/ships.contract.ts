import { expect } from '@jest/globals';
import type { Collection, Condition, Query, ViewDocument, ViewStore } from './index.js';

export interface Ship extends ViewDocument {
  readonly name?: string;
  readonly port?: string;
  readonly tonnage?: number;
  readonly isSold?: boolean;
  readonly flags?: readonly string[];
  readonly cargo?: { readonly kind: string; readonly notes?: readonly (string | null)[] };
}

export type ShipField = 'name' | 'port' | 'tonnage' | 'isSold' | 'flags';

export const ships: Collection<Ship> = {
  name: 'ships',
  version: 1,
  fields: { name: 'value', port: 'value', tonnage: 'value', isSold: 'value', flags: 'list' },
};
export const fleet: Collection<Ship> = { ...ships, name: 'fleet' };
const FLEET_SIZE = 640;

export function ship(id: string, position: number, more: Partial<Ship> = {}): Ship {
  return { _id: id, position, ...more };
}

/** Enough of them that an index has more entries under one value than an adapter sorts in memory. */
export function aFleet(): Ship[] {
  return Array.from({ length: FLEET_SIZE }, (_, at) =>
    ship(`ship-${String((at * 7) % FLEET_SIZE).padStart(3, '0')}`, at, {
      port: ['BOS', 'NYC', 'NYC', 'NYC', 'NYC', 'NYC', 'NYC'][at % 7] ?? '',
      tonnage: at % 40 < 38 ? (at % 40) - 10 : 5_000,
      ...(at % 3 > 0 && { name: `${['Ada', 'adé', 'Zoë', 'Ω'][at % 4] ?? ''} ${at % 11}` }),
      isSold: at % 5 === 0,
      flags: ['PA', 'LR', 'MH', 'US'].slice(at % 3, (at % 3) + (at % 4)),
    }),
  );
}

export function idsOf(documents: readonly ViewDocument[]): string[] {
  return documents.map(({ _id }) => _id);
}

/** Puts documents that were not there yet into the collection. */
export async function given(store: ViewStore, ...documents: readonly Ship[]): Promise<void> {
  const writes = documents.map((document) => ({ document }));
  expect(await store.write(ships, writes)).toBe('written');
}

/** A page of all ships that fulfil the conditions. */
export async function find(
  store: ViewStore,
  where: readonly Condition<ShipField>[],
  sort?: Query<ShipField>['sort'],
) {
  return await store.find(ships, { where, limit: 50, ...(sort && { sort }) });
}

/** The same question answered without an index: the reference that every adapter is held against. */
export function naively(where: readonly Condition[], sort?: Query['sort']): string[] {
  const isFulfilled = (held: Ship, condition: Condition): boolean => {
    const content = held[condition.field as ShipField];
    const values: readonly unknown[] = Array.isArray(content) ? content : [content];
    return values.some((value) => {
      if (value === undefined) return false;
      if ('equals' in condition) return value === condition.equals;
      if ('in' in condition) return condition.in.some((other) => other === value);
      if ('prefix' in condition) return (value as string).startsWith(condition.prefix);
      const { from, above, to } = condition.range as Readonly<Record<string, number | undefined>>;
      const number = Number(value);
      return number >= (from ?? -99) && number > (above ?? -99) && number <= (to ?? 9_999);
    });
  };
  const key = (held: Ship): number | string | boolean =>
    sort ? (held[sort.field as Exclude<ShipField, 'flags'>] ?? '') : '';
  const direction = sort?.descending ? -1 : 1;
  return aFleet()
    .filter((held) => where.every((condition) => isFulfilled(held, condition)))
    .filter((held) => !sort || held[sort.field as ShipField] !== undefined)
    .sort((a, b) => {
      if (key(a) !== key(b)) return key(a) < key(b) ? -direction : direction;
      return a._id < b._id ? -direction : direction;
    })
    .map(({ _id }) => _id);
}
