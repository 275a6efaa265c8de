import type { CellValue, ReplayAnswer, Row } from './answer.js';
import { type Dimension, dimensions, type Measure, measures } from './request.js';
import { inRowOrder } from './row-order.js';
import { newTally, readMeasure } from './tally.js';

/** The figures of one scenario under several assumptions of presence, each from its lowest to its highest. */
export interface PresenceRange {
  readonly scenario: string;
  readonly rows: readonly Row[];
}

/** One range for each scenario; none where only one presence was assumed, for there is nothing between. */
export function presenceRanges({ worlds, assumptions }: ReplayAnswer): readonly PresenceRange[] {
  const presences = assumptions.presence.length;
  if (presences < 2) return [];
  // Worlds come presence by presence, and under each in the same order.
  const scenarios = worlds.length / presences;
  return worlds.slice(0, scenarios).map(({ scenario }, at) => ({
    scenario,
    rows: rangedRows(worlds.filter((_, other) => other % scenarios === at).map(({ rows }) => rows)),
  }));
}

function rangedRows(tables: readonly (readonly Row[])[]): readonly Row[] {
  const names = Object.keys(tables.flat()[0] ?? {});
  const by = names.filter(isDimension);
  const cellOf = (row: Row): readonly string[] => by.map((dimension) => String(row[dimension]));
  const figuresByCell = tables.map((rows) => new Map(rows.map((row) => [keyOf(cellOf(row)), row])));
  const cells = new Map(tables.flat().map((row) => [keyOf(cellOf(row)), cellOf(row)]));
  return [...cells]
    .sort(([, a], [, b]) => inRowOrder(by, a, b))
    .map(([key, cell]) => {
      const rows = figuresByCell.map((figures) => figures.get(key));
      return Object.fromEntries(
        names.map((name) => {
          const at = by.findIndex((dimension) => dimension === name);
          return [name, cell[at] ?? rangeOf(rows.map((row) => figureOf(row, name)))];
        }),
      );
    });
}

function keyOf(cell: readonly string[]): string {
  return JSON.stringify(cell);
}

const nothing = newTally();

/** A row that a world does not have counts nothing. */
function figureOf(row: Row | undefined, name: string): CellValue {
  if (row) return row[name] ?? null;
  return isMeasure(name) ? readMeasure(nothing, name) : 0;
}

function isDimension(name: string): name is Dimension {
  return dimensions.some((dimension) => dimension === name);
}

function isMeasure(name: string): name is Measure {
  return measures.some((measure) => measure === name);
}

/** Such as `12..40`; the figure alone where all agree, and `or -` where one world has nothing to divide by. */
function rangeOf(figures: readonly CellValue[]): CellValue {
  const numbers = figures.filter((figure) => typeof figure === 'number');
  if (numbers.length === 0) return null;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const isWhole = numbers.length === figures.length;
  if (low === high && isWhole) return low;
  const span = low === high ? `${low}` : `${low}..${high}`;
  return isWhole ? span : `${span} or -`;
}
