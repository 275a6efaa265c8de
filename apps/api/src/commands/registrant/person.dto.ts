import { NestedField, TextField } from '#libs/web';
import { CodeField, CodesField, DayField, EnumField } from '../../fields.js';

const sexes = ['M', 'F', 'X'] as const;

export class PersonDto {
  @EnumField(sexes) readonly sex!: (typeof sexes)[number];
  @DayField({ example: '1980-02-29' }) readonly bornOn!: string;
  @CodesField('countries', ['IR'], 5) readonly nationalities!: string[];
}

class PassportDto {
  @TextField() readonly number!: string;
  @CodeField('countries', 'IR') readonly country!: string;
}

export class IdentityDto {
  @TextField() readonly familyName!: string;
  @TextField() readonly givenNames!: string;
  @CodeField('countries', 'IR') readonly birthCountry!: string;
  @NestedField(() => PassportDto) readonly passport!: PassportDto;
}
