import { OptionalTextField } from '#libs/web';
import { CodeField, DayField, IdField } from '../../fields.js';

const FINDINGS_MAX = 2000;

export class CompleteFollowUpInterviewDto {
  @IdField() readonly registrantId!: string;
  @DayField({ example: '2003-11-24' }) readonly interviewedOn!: string;
  @CodeField('offices', 'WAS') readonly office!: string;
  @OptionalTextField(FINDINGS_MAX) readonly findings?: string;
}

export class ReregisterAnnuallyDto {
  @IdField() readonly registrantId!: string;
  @DayField({ example: '2003-11-19' }) readonly reregisteredOn!: string;
  @CodeField('offices', 'LOS') readonly office!: string;
  @OptionalTextField(FINDINGS_MAX) readonly findings?: string;
}
