import { shape } from '#libs/kernel';
import { type ChangeKind, changeKinds, type Duty, dutyNames } from '#libs/policy';
import { Field, NestedField, OptionalField, OptionalNestedField, TextField } from '#libs/web';
import {
  DayField,
  EnumField,
  EnumsField,
  IdField,
  OptionalDayField,
  OptionalEnumField,
  OptionalWholeNumberField,
} from '../../fields.js';

const REASON_MAX = 2000;
const YEAR_MAX = 200;

/** The obligation that is decided on: as answers name it, without its window and status. */
export class ObligationKeyDto {
  @EnumField(dutyNames) readonly duty!: Duty;
  @DayField({ example: '2003-09-01' }) readonly anchorOn!: string;
  @OptionalWholeNumberField(1, YEAR_MAX, { description: 'annual-reregistration only.' })
  readonly year?: number;
  @OptionalEnumField(changeKinds, { description: 'change-notice only.' })
  readonly kind?: ChangeKind;
  @OptionalField(shape.uuid, {
    type: String,
    format: 'uuid',
    description: 'notice-interview only.',
  })
  readonly noticeId?: string;
}

export class GrantExemptionDto {
  @IdField() readonly registrantId!: string;
  @EnumsField(dutyNames) readonly duties!: Duty[];
  @DayField({ example: '2003-11-15' }) readonly from!: string;
  @OptionalDayField({
    example: '2004-07-01',
    description: 'The first day on which it no longer holds; for good where absent.',
  })
  readonly until?: string;
  @TextField(200, { description: 'Who granted it.' }) readonly authority!: string;
  @TextField(REASON_MAX) readonly reason!: string;
}

/** What the decision relied on is no part of a body: the registry fills it in. */
abstract class ObligationDecisionDto {
  @IdField() readonly registrantId!: string;
  @NestedField(() => ObligationKeyDto) readonly obligation!: ObligationKeyDto;
  @DayField({ example: '2003-11-20' }) readonly decidedOn!: string;
  @TextField(REASON_MAX) readonly reason!: string;
}

export class AcceptGoodCauseDto extends ObligationDecisionDto {}

export class DetermineWilfulnessDto extends ObligationDecisionDto {
  @Field(shape.boolean, { type: Boolean }) readonly wilful!: boolean;
}

export class InitiateRemovalProceedingsDto {
  @IdField() readonly registrantId!: string;
  @OptionalNestedField(() => ObligationKeyDto) readonly obligation?: ObligationKeyDto;
  @DayField({ example: '2003-11-20' }) readonly initiatedOn!: string;
  @TextField(200, { description: 'In the words of the charge; it is not encrypted.' })
  readonly ground!: string;
}

export class RebutPresumptionDto {
  @IdField() readonly registrantId!: string;
  @DayField({
    example: '2003-11-19',
    description: 'The day of the departure that was not registered.',
  })
  readonly departedOn!: string;
  @DayField({ example: '2003-11-20' }) readonly decidedOn!: string;
  @TextField(REASON_MAX) readonly reason!: string;
}
