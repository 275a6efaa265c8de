import { type Shape, shape } from '#libs/kernel';
import { Field, NestedField, OptionalTextField, TextField } from '#libs/web';
import { DayField } from '../../fields.js';
import * as data from './policy-data.dto.js';

const REASON_MAX = 2000;
const slug = shape.matching(
  /^(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  'up to 100 lower-case letters and digits in words joined by hyphens',
);

const anObject: Shape = (value, path) =>
  shape.isPlainObject(value) ? [] : [{ path, problem: 'must be an object' }];

/** What a record says of the law, beside its `ref` and the `data` of its kind. */
abstract class LawDto {
  @TextField() readonly title!: string;
  @TextField(200, { example: 'DHS' }) readonly authority!: string;
  @TextField(200, { example: '68 FR 67578' }) readonly citation!: string;
  @DayField({ description: 'From when it was known.' }) readonly publishedOn!: string;
  @DayField({ description: 'The first day in force; of a call-in the opening day.' })
  readonly effectiveOn!: string;

  @Field(shape.boolean, {
    type: Boolean,
    description: 'Whether it could be checked against a published source.',
  })
  readonly verified!: boolean;

  @OptionalTextField() readonly note?: string;
}

/** What every policy command says of the law that it records, beside the `data` of its kind. */
abstract class PolicyCommandDto extends LawDto {
  @Field(slug, {
    type: String,
    description: 'A stable slug, unique in the policy, by which scenarios name the event.',
    example: 'domestic-registration-suspended',
  })
  readonly ref!: string;
}

export class EnactDutyDto extends PolicyCommandDto {
  @NestedField(() => data.DutyEnactedDto) readonly data!: data.DutyEnactedDto;
}

export class DesignateArrivalsDto extends PolicyCommandDto {
  @NestedField(() => data.ArrivalDesignationDto) readonly data!: data.ArrivalDesignationDto;
}

export class AuthoriseDiscretionDto extends PolicyCommandDto {
  @NestedField(() => data.DiscretionDto) readonly data!: data.DiscretionDto;
}

export class AnnounceCallInDto extends PolicyCommandDto {
  @NestedField(() => data.CallInDto) readonly data!: data.CallInDto;
}

export class ExtendCallInDto extends PolicyCommandDto {
  @NestedField(() => data.CallInExtensionDto) readonly data!: data.CallInExtensionDto;
}

export class ReopenCallInDto extends PolicyCommandDto {
  @NestedField(() => data.CallInReopeningDto) readonly data!: data.CallInReopeningDto;
}

export class RescindCallInCountriesDto extends PolicyCommandDto {
  @NestedField(() => data.CallInCountriesDto) readonly data!: data.CallInCountriesDto;
}

export class DesignateDeparturePortsDto extends PolicyCommandDto {
  @NestedField(() => data.DeparturePortsDto) readonly data!: data.DeparturePortsDto;
}

export class MakeDutyExemptionDto extends PolicyCommandDto {
  @NestedField(() => data.DutyExemptionDto) readonly data!: data.DutyExemptionDto;
}

export class SuspendDomesticRegistrationDto extends PolicyCommandDto {
  @NestedField(() => data.SuspensionDto) readonly data!: data.SuspensionDto;
}

export class ReinstateDomesticRegistrationDto extends PolicyCommandDto {
  @NestedField(() => data.ReinstatementDto) readonly data!: data.ReinstatementDto;
}

export class LaunchUsVisitDto extends PolicyCommandDto {
  @NestedField(() => data.UsVisitDto) readonly data!: data.UsVisitDto;
}

export class MoveDutyToUsVisitDto extends PolicyCommandDto {
  @NestedField(() => data.MovedDutyDto) readonly data!: data.MovedDutyDto;
}

/** `DelistProgramme`, `RemoveRegulation` and `NoteMilestone`, whose `data` is empty. */
export class BareLawDto extends PolicyCommandDto {
  @Field(shape.object({}), { type: 'object', description: 'An empty object.' })
  readonly data!: Record<string, never>;
}

/** All that a record should say; of which kind its `data` is, the record tells. */
class CorrectedLawDto extends LawDto {
  @Field(anObject, {
    type: 'object',
    description: "All of the record's own fields, as its kind has them.",
  })
  readonly data!: Record<string, unknown>;
}

/** What both clerical commands name: a record of the policy, and why it is not right. */
abstract class ClericalDto {
  @Field(slug, {
    type: String,
    description: 'Of the record that is not right.',
    example: 'annual-reregistration-enacted',
  })
  readonly ref!: string;

  @TextField(REASON_MAX) readonly reason!: string;
}

export class CorrectPolicyRecordDto extends ClericalDto {
  @NestedField(() => CorrectedLawDto) readonly corrected!: CorrectedLawDto;
}

export class RescindPolicyRecordDto extends ClericalDto {}
