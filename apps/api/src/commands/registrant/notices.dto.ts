import { OptionalTextField, TextField } from '#libs/web';
import { CodeField, DayField, IdField } from '../../fields.js';

const TEXT_MAX = 2000;

export class ServeIndividualNoticeDto {
  @IdField() readonly registrantId!: string;
  @IdField({ description: 'Minted by the caller; the interview names it.' })
  readonly noticeId!: string;
  @DayField({ example: '2003-11-10' }) readonly servedOn!: string;
  @DayField({ example: '2003-11-20', description: 'The day on which to appear.' })
  readonly appearOn!: string;
  @TextField(TEXT_MAX) readonly reason!: string;
}

export class CompleteNoticeInterviewDto {
  @IdField() readonly registrantId!: string;
  @IdField({ description: 'Of the notice that was served.' }) readonly noticeId!: string;
  @DayField({ example: '2003-11-20' }) readonly interviewedOn!: string;
  @CodeField('offices', 'WAS') readonly office!: string;
  @OptionalTextField(TEXT_MAX) readonly findings?: string;
}
