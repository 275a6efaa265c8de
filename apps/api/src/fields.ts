import { shape } from '#libs/kernel';
import { Field, type FieldDescription, OptionalField } from '#libs/web';

const dayForm = { type: String, format: 'date', example: '2003-10-23' } as const;
const idForm = { type: String, format: 'uuid' } as const;
const CODE_MAX = 20;

/** A civil day that exists. Whether it can be true is for the decision to say. */
export function DayField(api: FieldDescription = {}): PropertyDecorator {
  return Field(shape.day, { ...dayForm, ...api });
}

export function OptionalDayField(api: FieldDescription = {}): PropertyDecorator {
  return OptionalField(shape.day, { ...dayForm, ...api });
}

export function IdField(api: FieldDescription = {}): PropertyDecorator {
  return Field(shape.uuid, { ...idForm, ...api });
}

/** Lists of codes that the reference data holds; an unknown code is refused by the decision, with its list. */
type CodeList = 'ports' | 'offices' | 'countries' | 'classes' | 'criteria';

export function CodeField(list: CodeList, example: string): PropertyDecorator {
  return Field(shape.text(CODE_MAX), codeForm(list, example));
}

export function OptionalCodeField(list: CodeList, example: string): PropertyDecorator {
  return OptionalField(shape.text(CODE_MAX), codeForm(list, example));
}

export function CodesField(
  list: CodeList,
  example: readonly string[],
  max = 300,
): PropertyDecorator {
  return Field(shape.set(shape.text(CODE_MAX), 1, max), codesForm(list, example, max));
}

export function EnumField(values: readonly string[]): PropertyDecorator {
  return Field(shape.oneOf(values), { enum: values });
}

export function OptionalEnumField(
  values: readonly string[],
  api: FieldDescription = {},
): PropertyDecorator {
  return OptionalField(shape.oneOf(values), { enum: values, ...api });
}

export function EnumsField(values: readonly string[]): PropertyDecorator {
  return Field(shape.set(shape.oneOf(values), 1, values.length), { enum: values, isArray: true });
}

export function WholeNumberField(minimum: number, maximum: number): PropertyDecorator {
  return Field(shape.integer(minimum, maximum), { type: Number, minimum, maximum });
}

export function OptionalWholeNumberField(
  minimum: number,
  maximum: number,
  api: FieldDescription = {},
): PropertyDecorator {
  const form = { type: Number, minimum, maximum } as const;
  return OptionalField(shape.integer(minimum, maximum), { ...form, ...api });
}

function codeForm(list: CodeList, example: string): FieldDescription {
  return { type: String, description: `A code of /api/reference/${list}.`, example };
}

function codesForm(list: CodeList, example: readonly string[], max: number): FieldDescription {
  return {
    type: [String],
    description: `Codes of /api/reference/${list}.`,
    example,
    minItems: 1,
    maxItems: max,
  };
}
