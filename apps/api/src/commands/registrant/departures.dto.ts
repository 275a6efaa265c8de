import { departureSources } from '#libs/registry';
import { OptionalTextField } from '#libs/web';
import { CodeField, DayField, EnumField, IdField, OptionalCodeField } from '../../fields.js';

export class ConfirmDepartureDto {
  @IdField() readonly registrantId!: string;
  @DayField({ example: '2003-11-20' }) readonly departedOn!: string;
  @CodeField('ports', 'NYC') readonly port!: string;
  @OptionalTextField() readonly carrier?: string;
}

export class RecordUnregisteredDepartureDto {
  @IdField() readonly registrantId!: string;
  @DayField({ example: '2003-11-20' }) readonly departedOn!: string;
  @EnumField(departureSources) readonly source!: (typeof departureSources)[number];
  @OptionalCodeField('ports', 'LOS') readonly port?: string;
}
