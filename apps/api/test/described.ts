import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Readonly<Record<string, unknown>>;

/** What an answer has otherwise than the description says; the places, in words. */
export function undescribed(document: OpenAPIObject, schema: Schema, value: unknown): string[] {
  return differences({ document, schema, value, path: '' });
}

interface Looking {
  readonly document: OpenAPIObject;
  readonly schema: Schema;
  readonly value: unknown;
  readonly path: string;
}

function differences({ document, schema, value, path }: Looking): string[] {
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    const named = document.components?.schemas?.[ref.slice('#/components/schemas/'.length)];
    if (!named) return [`${path}: ${ref} is described nowhere`];
    return differences({ document, schema: named as Schema, value, path });
  }
  const types = [schema['type']].flat();
  if (!types.includes(kindOf(value))) return [`${path}: is no ${types.join(' or ')}`];
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) {
    return [`${path}: is none of the values described`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, at) =>
      differences({
        document,
        schema: schema['items'] as Schema,
        value: item,
        path: `${path}[${at}]`,
      }),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  return differencesWithin({ document, schema, value, path });
}

function differencesWithin({ document, schema, value, path }: Looking): string[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const others = schema['additionalProperties'] as Schema | true | undefined;
  const entries = Object.entries(value as object) as [string, unknown][];
  const missing = ((schema['required'] ?? []) as readonly string[])
    .filter((name) => !entries.some(([key]) => key === name))
    .map((name) => `${path}.${name}: is missing`);
  const inner = entries.flatMap(([name, item]) => {
    const of = properties[name] ?? others;
    if (of === undefined) return [`${path}.${name}: is not described`];
    return of === true
      ? []
      : differences({ document, schema: of, value: item, path: `${path}.${name}` });
  });
  return [...missing, ...inner];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
