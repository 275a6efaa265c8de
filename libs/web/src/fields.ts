import { applyDecorators, type Type as Class } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  type ApiPropertyOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { type Shape, shape } from '#libs/kernel';

/** What the API's description says of a field beside whether it is required. */
export interface FieldDescription {
  readonly type?:
    typeof String | typeof Number | typeof Boolean | readonly [typeof String] | 'object';
  readonly oneOf?: { type: 'string' | 'object' }[];
  readonly description?: string;
  readonly example?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly isArray?: boolean;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A field that must be there and have a shape. */
export function Field(of: Shape, api: FieldDescription): PropertyDecorator {
  return applyDecorators(Described(api, true), Shaped(of));
}

/** A field that may be absent; null is not absence. */
export function OptionalField(of: Shape, api: FieldDescription): PropertyDecorator {
  return applyDecorators(Described(api, false), IfPresent(), Shaped(of));
}

export function TextField(max = 200, api: FieldDescription = {}): PropertyDecorator {
  return applyDecorators(Tidied(), Field(plainText(max), textApi(max, api)));
}

export function OptionalTextField(max = 200, api: FieldDescription = {}): PropertyDecorator {
  return applyDecorators(Tidied(), OptionalField(plainText(max), textApi(max, api)));
}

/**
 * An object of another class that must be there. The API's description knows a function that names a
 * class by its own name, `type`, so it cannot be passed on as it is.
 */
export function NestedField(of: () => Class): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: () => of(), required: true }),
    Shaped(anObject),
    ValidateNested(),
    Type(of),
  );
}

export function OptionalNestedField(of: () => Class): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: () => of(), required: false }),
    IfPresent(),
    Shaped(anObject),
    ValidateNested(),
    Type(of),
  );
}

/** By the field `kind` beside it, the class of an object. */
export type ClassByKind = Readonly<Record<string, Class>>;

/** An object that must be there, of the class that the field `kind` beside it says. */
export function NestedFieldByKind(
  classes: ClassByKind,
  api: FieldDescription = {},
): PropertyDecorator {
  return applyDecorators(...byKind(classes, { ...api, required: true }));
}

export function OptionalNestedFieldByKind(
  classes: ClassByKind,
  api: FieldDescription = {},
): PropertyDecorator {
  return applyDecorators(IfPresent(), ...byKind(classes, { ...api, required: false }));
}

interface OfKind {
  readonly kind?: unknown;
}

function byKind(
  classes: ClassByKind,
  api: FieldDescription & { readonly required: boolean },
): readonly PropertyDecorator[] {
  const classOf = ({ kind }: OfKind): Class | undefined =>
    typeof kind === 'string' && Object.hasOwn(classes, kind) ? classes[kind] : undefined;
  const known = Object.values(classes);
  const oneOf = known.map((each) => ({ $ref: getSchemaPath(each) }));
  return [
    ({ constructor }) => {
      ApiExtraModels(...known)(constructor);
    },
    ApiProperty({ ...api, oneOf } as ApiPropertyOptions),
    // Of an object of no known kind nothing can be said but that its kind is none.
    ValidateIf((parent: OfKind) => classOf(parent) !== undefined),
    Shaped(anObject),
    ValidateNested(),
    Type((of): Class => classOf(of?.object as OfKind) ?? Object),
  ];
}

/** A list of objects of another class that may be absent. */
export function OptionalNestedListField(of: () => Class, max: number): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: () => of(), isArray: true, maxItems: max, required: false }),
    IfPresent(),
    Shaped(shape.list(anObject, 1, max)),
    ValidateNested({ each: true }),
    Type(of),
  );
}

/** Without this a list of valid objects would pass where one object is asked for. */
const anObject: Shape = (value, path) =>
  shape.isPlainObject(value) ? [] : [{ path, problem: 'must be an object' }];

/** Text that can be stored: half of a surrogate pair has no form in UTF-8. */
function plainText(max: number): Shape {
  const text = shape.text(max);
  return (value, path) =>
    typeof value === 'string' && /\p{Surrogate}/u.test(value)
      ? [{ path, problem: 'must be well-formed Unicode' }]
      : text(value, path);
}

function textApi(max: number, api: FieldDescription): FieldDescription {
  return { type: String, minLength: 1, maxLength: max, ...api };
}

function Described(api: FieldDescription, required: boolean): PropertyDecorator {
  return ApiProperty({ ...api, required } as ApiPropertyOptions);
}

function IfPresent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Stored text is trimmed NFC; what people type need not be. */
function Tidied(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().normalize('NFC') : value,
  );
}

/** Checks a field by a shape of the kernel, so that commands and stored events are held to one measure. */
function Shaped(of: Shape): PropertyDecorator {
  return ValidateBy({
    name: 'shape',
    validator: {
      validate: (value) => value !== undefined && of(value, '').length === 0,
      defaultMessage: (args) => {
        const value: unknown = args?.value;
        if (value === undefined) return 'is missing';
        // An issue within the value names its own place: `[2] must be …`.
        return of(value, '')
          .map(({ path, problem }) => `${path} ${problem}`.trim())
          .join('; ');
      },
    },
  });
}
