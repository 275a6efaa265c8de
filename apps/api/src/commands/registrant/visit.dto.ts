import { shape } from '#libs/kernel';
import { Field, NestedField, OptionalNestedField, OptionalTextField, TextField } from '#libs/web';
import { OptionalCodeField } from '../../fields.js';

const LONG_TEXT = 1000;

export class UsAddressDto {
  @TextField() readonly line1!: string;
  @OptionalTextField() readonly line2?: string;
  @TextField() readonly city!: string;

  @Field(shape.matching(/^[A-Z]{2}$/, 'the two letters of a state'), {
    type: String,
    example: 'VA',
  })
  readonly state!: string;

  @Field(shape.matching(/^\d{5}(\d{4})?$/, '5 or 9 digits'), { type: String, example: '22030' })
  readonly zip!: string;
}

export class ContactDto {
  @OptionalTextField() readonly name?: string;
  @OptionalTextField() readonly phone?: string;
  @OptionalTextField() readonly email?: string;
}

export class VisitDto {
  @TextField(LONG_TEXT) readonly purpose!: string;
  @OptionalTextField(LONG_TEXT) readonly background?: string;
  @NestedField(() => UsAddressDto) readonly usAddress!: UsAddressDto;
  @OptionalNestedField(() => ContactDto) readonly contact?: ContactDto;
  @OptionalTextField(LONG_TEXT) readonly itinerary?: string;
}

/** References to where the images are kept; no image is. */
export class BiometricsDto {
  @TextField() readonly fingerprintsRef!: string;
  @TextField() readonly photographRef!: string;
}

export class DocumentDto {
  @TextField() readonly kind!: string;
  @TextField() readonly number!: string;
  @OptionalCodeField('countries', 'US') readonly country?: string;
}
