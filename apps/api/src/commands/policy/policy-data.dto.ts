import { shape } from '#libs/kernel';
import { type ChangeKind, changeKinds, type Duty, dutyNames, type Sex } from '#libs/policy';
import { Field, NestedField, OptionalField } from '#libs/web';
import {
  CodesField,
  DayField,
  EnumField,
  EnumsField,
  OptionalEnumField,
  OptionalWholeNumberField,
  WholeNumberField,
} from '../../fields.js';

const sexes: readonly Sex[] = ['M', 'F', 'X'];
const GROUP_MAX = 99;
const AGE_MAX = 150;
const TERM_DAYS_MAX = 3650;

class DutyTermsDto {
  @OptionalWholeNumberField(0, TERM_DAYS_MAX) readonly opensAfterDays?: number;
  @OptionalWholeNumberField(0, TERM_DAYS_MAX) readonly dueAfterDays?: number;
  @OptionalWholeNumberField(0, TERM_DAYS_MAX) readonly daysBefore?: number;
  @OptionalWholeNumberField(0, TERM_DAYS_MAX) readonly daysAfter?: number;
  @OptionalEnumField(['02-28', '03-01']) readonly leapDayAnniversary?: string;
  @OptionalWholeNumberField(0, TERM_DAYS_MAX) readonly presentAtLeastDays?: number;
}

export class DutyEnactedDto {
  @EnumField(dutyNames) readonly duty!: Duty;
  /** Which of them a duty knows is for the decision to say. */
  @NestedField(() => DutyTermsDto) readonly terms!: DutyTermsDto;
}

export class ArrivalDesignationDto {
  @Field(shape.text(100), { type: String, example: 'five-countries' })
  readonly designation!: string;

  @CodesField('countries', ['IR', 'IQ']) readonly countries!: string[];
  @OptionalEnumField(sexes) readonly sex?: Sex;
  @OptionalWholeNumberField(0, AGE_MAX) readonly minAge?: number;
  @OptionalWholeNumberField(0, AGE_MAX) readonly maxAge?: number;
}

const discretionKinds = ['lookout', 'officer-discretion'] as const;

export class DiscretionDto {
  @EnumsField(discretionKinds) readonly kinds!: (typeof discretionKinds)[number][];

  @Field(shape.set(shape.text(100), 0, 100), {
    type: [String],
    description: 'Slugs of /api/reference/criteria.',
  })
  readonly criteria!: string[];
}

export class CallInDto {
  @WholeNumberField(1, GROUP_MAX) readonly group!: number;
  @CodesField('countries', ['PK', 'SA']) readonly countries!: string[];
  @EnumField(sexes) readonly sex!: Sex;
  @DayField() readonly bornOnOrBefore!: string;
  @DayField() readonly admittedOnOrBefore!: string;
  @DayField() readonly closesOn!: string;
  @DayField() readonly asylumFiledOnOrBefore!: string;
}

export class CallInExtensionDto {
  @WholeNumberField(1, GROUP_MAX) readonly group!: number;
  @DayField() readonly closesOn!: string;
}

export class CallInReopeningDto {
  @Field(shape.set(shape.integer(1, GROUP_MAX), 1, GROUP_MAX), { type: Number, isArray: true })
  readonly groups!: number[];

  @DayField() readonly closesOn!: string;
}

export class CallInCountriesDto {
  @WholeNumberField(1, GROUP_MAX) readonly group!: number;
  @CodesField('countries', ['AM']) readonly countries!: string[];
}

export class DeparturePortsDto {
  @CodesField('ports', ['NYC', 'LOS']) readonly ports!: string[];
}

export class DutyExemptionDto {
  @EnumField(dutyNames) readonly duty!: Duty;
  @CodesField('classes', ['F1', 'M1']) readonly classes!: string[];

  @OptionalField(shape.set(shape.oneOf(changeKinds), 1, changeKinds.length), {
    enum: changeKinds,
    isArray: true,
    description:
      'change-notice only: the kinds of change that need no notice; all of them if absent.',
  })
  readonly changeKinds?: ChangeKind[];
}

const deadlines = ['released', 'owed'] as const;

export class SuspensionDto {
  @EnumsField(dutyNames) readonly duties!: Duty[];
  @EnumField(deadlines) readonly deadlineOnEffectiveDay!: (typeof deadlines)[number];
}

export class ReinstatementDto {
  @EnumsField(dutyNames) readonly duties!: Duty[];
}

export class UsVisitDto {
  @WholeNumberField(0, 9999) readonly airports!: number;
  @WholeNumberField(0, 9999) readonly seaports!: number;
}

export class MovedDutyDto {
  @EnumField(dutyNames) readonly duty!: Duty;
}
