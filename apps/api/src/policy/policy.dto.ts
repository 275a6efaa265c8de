import { shape } from '#libs/kernel';
import { countryCodes } from '#libs/reference';
import { Field, knownAtShape, OptionalField, OptionalTextField, positionShape } from '#libs/web';
import { PresentPageQuery } from '../present-only.js';
import { CodeField, DayField, EnumField, OptionalDayField } from '../fields.js';

export class PolicyQuery {
  @OptionalDayField({ description: "The day asked about; the registry's day unless said." })
  readonly on?: string;

  @OptionalField(knownAtShape, { type: String, description: 'An instant, or position:<n>.' })
  readonly knownAt?: string;
}

export class TimelineQuery extends PresentPageQuery {
  @OptionalField(positionShape, {
    type: String,
    description: 'Wait until this position is in the view.',
  })
  readonly atLeast?: string;
}

/** Somebody who arrives: no more is asked than the policy looks at, and nothing is stored. */
export class PolicyCheckDto {
  @DayField() readonly day!: string;

  @Field(shape.set(shape.oneOf(countryCodes), 1, 5), {
    type: [String],
    minItems: 1,
    maxItems: 5,
    example: ['IR'],
  })
  readonly nationalities!: string[];

  @EnumField(['M', 'F', 'X']) readonly sex!: 'M' | 'F' | 'X';
  @DayField({ example: '1975-03-14' }) readonly bornOn!: string;
  @CodeField('classes', 'F1') readonly classOfAdmission!: string;
  @OptionalTextField(200, { description: 'A shipped scenario.' }) readonly scenario?: string;
}
