import { Transform } from 'class-transformer';
import { shape } from '#libs/kernel';
import { countryCodes, officeCodes, portCodes } from '#libs/reference';
import { type Presence, presenceAssumptions } from '#libs/registry';
import { whereaboutsNames } from '#projections/registrant-file';
import {
  knownAtShape,
  OptionalField,
  OptionalNestedField,
  OptionalTextField,
  positionShape,
  TextField,
} from '#libs/web';
import { PresentPageQuery } from '../present-only.js';
import { DayField, OptionalCodeField, OptionalDayField, OptionalEnumField } from '../fields.js';

const atLeast = {
  type: String,
  description: 'Wait, 5 s at most, until this position of the log is in the view.',
} as const;

/** The part of a query that every reading of a view takes. */
export class ViewQuery {
  @OptionalField(positionShape, atLeast) readonly atLeast?: string;
}

/** From where one person is looked at: a day in law, and a moment of knowledge. */
export class PersonQuery {
  @OptionalDayField({ description: "The day looked from; the registry's day unless said." })
  readonly on?: string;

  @OptionalField(knownAtShape, {
    type: String,
    description: 'What the registry knew at an instant, or at position:<n> of the log.',
    example: '2003-12-01T00:00:00.000Z',
  })
  readonly knownAt?: string;

  @OptionalTextField(200, { description: 'A shipped scenario to judge under.' })
  readonly scenario?: string;

  @OptionalEnumField(presenceAssumptions, {
    description: 'Assumed of stays without a recorded departure.',
    default: 'until-departure',
  })
  readonly presence?: Presence;
}

export class ObligationsQuery extends PersonQuery {
  @OptionalField(positionShape, atLeast) readonly atLeast?: string;

  @Transform(({ value }: { value: unknown }) => boolean(value))
  @OptionalField(shape.boolean, { type: Boolean, default: true })
  readonly upcoming?: boolean;
}

function boolean(value: unknown): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}

export class RegistrantsQuery extends PresentPageQuery {
  @OptionalField(shape.oneOf(countryCodes), { type: String, example: 'IR' })
  readonly nationality?: string;

  @OptionalField(shape.oneOf(portCodes), { type: String, description: 'Of the last admission.' })
  readonly port?: string;

  @OptionalField(shape.oneOf(officeCodes), { type: String, description: 'The responsible one.' })
  readonly office?: string;

  @OptionalEnumField(whereaboutsNames) readonly whereabouts?: (typeof whereaboutsNames)[number];
  @OptionalField(positionShape, atLeast) readonly atLeast?: string;
}

class PassportKeyDto {
  @TextField() readonly number!: string;
  @OptionalCodeField('countries', 'IR') readonly country?: string;
}

class NameKeyDto {
  @TextField() readonly familyName!: string;
  @OptionalTextField() readonly givenNames?: string;
  @DayField() readonly bornOn!: string;
}

/** By exactly one of these; never in a URL. */
export class RegistrantSearchDto {
  @OptionalTextField(10) readonly fin?: string;
  @OptionalTextField(11) readonly admissionNumber?: string;
  @OptionalNestedField(() => PassportKeyDto) readonly passport?: PassportKeyDto;
  @OptionalNestedField(() => NameKeyDto) readonly name?: NameKeyDto;
}
