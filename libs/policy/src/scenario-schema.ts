import { SLUG_PATTERN } from './data-shapes.js';
import {
  SCENARIO_BASE_MAX,
  SCENARIO_CHANGES_MAX,
  SCENARIO_DEPTH_MAX,
  SCENARIO_NAME_MAX,
  SCENARIO_QUESTION_MAX,
} from './scenario.js';
import { lawEventTypes } from './table.js';

const ref = { $ref: '#/$defs/ref' };
const day = { $ref: '#/$defs/day' };
const text = { type: 'string', minLength: 1, maxLength: 200 };

function closed(required: Readonly<Record<string, object>>, optional = {}): object {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const enactment = closed(
  {
    ref: { ...ref, description: 'A new one, which no event of the policy has.' },
    type: { enum: lawEventTypes },
    effectiveOn: day,
    data: { type: 'object', description: 'The fields of the type, as in the policy timeline.' },
  },
  {
    publishedOn: { ...day, description: 'The effective day where it is not said.' },
    title: text,
    authority: text,
    citation: text,
  },
);

/**
 * The published JSON Schema (2020-12) of a scenario file; docs/scenario.schema.json is a copy. What
 * hangs on the policy that the scenario changes (refs, set paths, values, windows) it cannot say:
 * that is checked where the scenario is applied.
 */
export const scenarioSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Portbook scenario',
  description:
    'A counterfactual: the enacted policy, or another scenario, plus changes, each of another event.',
  ...closed(
    {
      name: { type: 'string', minLength: 1, maxLength: SCENARIO_NAME_MAX },
      base: {
        description: `"enacted", or what the changes build on: a scenario by its name (in a file also by the path of another, from its own folder), or written out; at most ${SCENARIO_DEPTH_MAX} stand one upon another.`,
        oneOf: [{ type: 'string', minLength: 1, maxLength: SCENARIO_BASE_MAX }, { $ref: '#' }],
      },
      changes: {
        type: 'array',
        maxItems: SCENARIO_CHANGES_MAX,
        items: {
          oneOf: [
            closed({ withdraw: ref }),
            closed({ move: ref, effectiveOn: day }),
            closed({
              amend: ref,
              set: {
                type: 'object',
                minProperties: 1,
                description: "Dotted paths within the event's data, and the values to be there.",
              },
            }),
            closed({ enact: enactment }),
          ],
        },
      },
    },
    { question: { type: 'string', minLength: 1, maxLength: SCENARIO_QUESTION_MAX } },
  ),
  $defs: {
    ref: { type: 'string', pattern: SLUG_PATTERN },
    day: { type: 'string', format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
  },
};
