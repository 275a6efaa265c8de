import { shape } from '#libs/kernel';
import { type Basis, basisKinds } from '#libs/registry';
import { Field, NestedField, OptionalField, OptionalTextField } from '#libs/web';
import { CodeField, DayField, EnumField, OptionalDayField } from '../../fields.js';
import { admissionNumber, admissionNumberForm, RegistrationDto } from './registration.dto.js';

const REASON_MAX = 2000;
const CRITERIA_MAX = 20;

class BasisDto {
  @EnumField(basisKinds) readonly kind!: Basis['kind'];

  @OptionalField(shape.set(shape.text(100), 1, CRITERIA_MAX), {
    type: [String],
    description: 'officer-discretion: slugs of /api/reference/criteria in force that day.',
  })
  readonly criteria?: string[];

  @OptionalTextField(200, { description: 'Required of a lookout.' })
  readonly lookoutRef?: string;

  @OptionalTextField(REASON_MAX, { description: 'Required of officer-discretion.' })
  readonly reason?: string;
}

export class RegisterArrivalDto extends RegistrationDto {
  @DayField() readonly arrivedOn!: string;
  @CodeField('ports', 'NYC') readonly port!: string;
  @CodeField('classes', 'F1') readonly classOfAdmission!: string;
  @OptionalDayField({ example: '2004-06-30' }) readonly admittedUntil?: string;
  @Field(admissionNumber, admissionNumberForm) readonly admissionNumber!: string;
  @NestedField(() => BasisDto) readonly basis!: BasisDto;
}
