import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readScenario } from './scenario.js';
import { scenarioSchema } from './scenario-schema.js';
import { shippedScenarios } from './shipped-scenarios.js';

/** Whatever JSON holds. */
type Json = ReturnType<typeof JSON.parse>;
type Schema = Readonly<Record<string, Json>>;

/** As much of JSON Schema as the scenario's uses; anything else in a schema throws. */
function holds(schema: Schema, value: Json): boolean {
  return Object.entries(schema).every(([keyword, of]) => {
    switch (keyword) {
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
      case 'properties':
      case 'format':
        return true;
      case '$ref':
        if (of === '#') return holds(scenarioSchema, value);
        return holds((scenarioSchema.$defs as Schema)[of.split('/').at(-1)], value);
      case 'type':
        return (Array.isArray(value) ? 'array' : typeof value) === of;
      case 'const':
        return value === of;
      case 'enum':
        return of.includes(value);
      case 'pattern':
        return new RegExp(of).test(value);
      case 'minLength':
        return value.length >= of;
      case 'maxLength':
      case 'maxItems':
        return value.length <= of;
      case 'minProperties':
        return Object.keys(value).length >= of;
      case 'required':
        return of.every((key: string) => key in value);
      case 'additionalProperties':
        return Object.entries(value).every(
          ([key, inner]) => key in schema['properties'] && holds(schema['properties'][key], inner),
        );
      case 'items':
        return value.every((item: unknown) => holds(of, item));
      case 'oneOf':
        return of.filter((one: Schema) => holds(one, value)).length === 1;
      default:
        throw new Error(`This spec does not know the keyword ${keyword}.`);
    }
  });
}

const scenario = (...changes: readonly unknown[]) => ({ name: 'x', base: 'enacted', changes });

describe('the JSON Schema of a scenario', () => {
  it('is the one that is published (UPDATE_DOCS=1 writes it)', () => {
    const path = new URL('../../../docs/scenario.schema.json', import.meta.url);
    const text = `${JSON.stringify(scenarioSchema, undefined, 2)}\n`;
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, text);
    expect(scenarioSchema).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });

  it.each(shippedScenarios.map((shipped) => [shipped.name, shipped] as const))(
    'holds for the shipped scenario %s',
    (_, shipped) => {
      expect(holds(scenarioSchema, shipped)).toBe(true);
    },
  );

  it.each([
    [true, scenario()],
    [true, { ...scenario(), question: 'Who?' }],
    [true, scenario({ move: 'a', effectiveOn: '2003-01-01' })],
    [
      true,
      scenario({
        enact: {
          ref: 'a',
          type: 'MilestoneNoted',
          effectiveOn: '2003-01-01',
          data: {},
          title: 't',
        },
      }),
    ],
    [false, { name: 'x', base: 'enacted' }],
    [true, { ...scenario(), base: 'another' }],
    [true, { ...scenario({ withdraw: 'a' }), base: { ...scenario(), base: 'another' } }],
    [false, { ...scenario(), base: '' }],
    [false, { ...scenario(), base: 1 }],
    [false, { ...scenario(), base: ['enacted'] }],
    [false, { ...scenario(), base: { ...scenario(), why: 'x' } }],
    [false, { name: 'x', changes: [] }],
    [false, { ...scenario(), why: 'x' }],
    [false, scenario({ withdraw: 'Not A Slug' })],
    [false, scenario({ withdraw: 'a', move: 'b', effectiveOn: '2003-01-01' })],
    [false, scenario({ move: 'a' })],
    [false, scenario({ move: 'a', effectiveOn: 'tomorrow' })],
    [false, scenario({ amend: 'a', set: {} })],
    [false, scenario({ enact: { ref: 'a', type: 'Made', effectiveOn: '2003-01-01', data: {} } })],
    [false, scenario({})],
  ])('agrees with the reader, which says %s of %j', (accepted, json) => {
    expect('scenario' in readScenario(json)).toBe(accepted);
    expect(holds(scenarioSchema, json)).toBe(accepted);
  });
});
