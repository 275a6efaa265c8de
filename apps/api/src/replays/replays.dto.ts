import { type Shape, shape } from '#libs/kernel';
import { presenceAssumptions } from '#libs/registry';
import { dimensions, measures } from '#libs/replay';
import { Field, knownAtShape, OptionalField } from '#libs/web';
import { OptionalDayField } from '../fields.js';

const SCENARIOS_MAX = 20;

/** A shipped name, or a scenario given whole; what is wrong within it is said when it is applied. */
const scenarioOrName: Shape = (value, path) =>
  typeof value === 'string' || shape.isPlainObject(value)
    ? []
    : [{ path, problem: 'must be a scenario or the name of a shipped one' }];

const nameOrScenario: { type: 'string' | 'object' }[] = [{ type: 'string' }, { type: 'object' }];

function keys(known: readonly string[], min: number): Shape {
  return shape.set(
    shape.matching(new RegExp(`^(${known.join('|')})$`), `one of ${known.join(', ')}`),
    min,
    known.length,
  );
}

/** A question to history. */
export class ReplayDto {
  @Field(shape.list(scenarioOrName, 1, SCENARIOS_MAX), {
    oneOf: nameOrScenario,
    isArray: true,
    description: 'Shipped names, or scenarios.',
    example: ['no-suspension'],
  })
  readonly scenarios!: unknown[];

  @OptionalField(scenarioOrName, {
    oneOf: nameOrScenario,
    description: 'The base; else the enacted policy.',
  })
  readonly against?: unknown;

  @OptionalDayField({ description: 'The day looked from; the last observed unless said.' })
  readonly on?: string;

  @OptionalField(knownAtShape, { type: String, description: 'An instant, or position:<n>.' })
  readonly knownAt?: string;

  @OptionalField(keys(presenceAssumptions, 1), {
    type: [String],
    enum: presenceAssumptions,
    isArray: true,
  })
  readonly presence?: (typeof presenceAssumptions)[number][];

  @OptionalDayField({ description: 'Only obligations due from this day on.' })
  readonly from?: string;
  @OptionalDayField({ description: 'Only obligations due up to this day.' }) readonly to?: string;

  @OptionalField(keys(measures, 1), { type: [String], enum: measures, isArray: true })
  readonly measures?: (typeof measures)[number][];

  @OptionalField(keys(dimensions, 0), { type: [String], enum: dimensions, isArray: true })
  readonly by?: (typeof dimensions)[number][];
}
