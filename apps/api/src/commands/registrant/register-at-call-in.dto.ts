import { Field, NestedField } from '#libs/web';
import { CodeField, DayField, OptionalDayField, WholeNumberField } from '../../fields.js';
import { admissionNumber, admissionNumberForm, RegistrationDto } from './registration.dto.js';

const GROUP_MAX = 99;

class AdmissionDto {
  @DayField({ example: '2002-07-04' }) readonly admittedOn!: string;
  @CodeField('ports', 'LOS') readonly port!: string;
  @CodeField('classes', 'H1B') readonly classOfAdmission!: string;
  @OptionalDayField({ example: '2005-07-03' }) readonly admittedUntil?: string;
  @Field(admissionNumber, admissionNumberForm) readonly admissionNumber!: string;
}

export class RegisterAtCallInDto extends RegistrationDto {
  @DayField({ example: '2002-11-25' }) readonly registeredOn!: string;
  @CodeField('offices', 'LOS') readonly office!: string;
  @WholeNumberField(1, GROUP_MAX) readonly group!: number;
  @NestedField(() => AdmissionDto) readonly admission!: AdmissionDto;
  @OptionalDayField({ example: '2002-10-01' }) readonly asylumClaimFiledOn?: string;
}
