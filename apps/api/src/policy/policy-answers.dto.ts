import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { dutyNames, policyEventTable } from '#libs/policy';

class LawNamedBody {
  @ApiProperty() ref!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ example: '68 FR 67578' }) citation!: string;
  @ApiProperty() verified!: boolean;
}

class EndedByBody extends LawNamedBody {
  @ApiProperty({ format: 'date' }) effectiveOn!: string;
}

class DutyOnDayBody extends LawNamedBody {
  @ApiProperty({ enum: dutyNames }) duty!: string;
  @ApiProperty({ format: 'date' }) since!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) terms!: object;
}

class CountryOnDayBody {
  @ApiProperty() country!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [String] }) designations!: string[];
  @ApiProperty({ type: [Number] }) callInGroups!: number[];
}

class WindowBody {
  @ApiProperty({ format: 'date' }) opensOn!: string;
  @ApiProperty({ format: 'date' }) closesOn!: string;
}

class GroupOnDayBody extends LawNamedBody {
  @ApiProperty() group!: number;
  @ApiProperty({ type: [String] }) countries!: string[];
  @ApiProperty() sex!: string;
  @ApiProperty({ format: 'date' }) bornOnOrBefore!: string;
  @ApiProperty({ format: 'date' }) admittedOnOrBefore!: string;
  @ApiProperty({ format: 'date' }) asylumFiledOnOrBefore!: string;
  @ApiProperty({ format: 'date' }) opensOn!: string;
  @ApiProperty({ format: 'date' }) closesOn!: string;
  @ApiProperty({ type: [WindowBody] }) reopenings!: WindowBody[];
}

class CriterionOnDayBody extends LawNamedBody {
  @ApiProperty() slug!: string;
  @ApiProperty() criterion!: string;
}

class PortOnDayBody extends LawNamedBody {
  @ApiProperty() code!: string;
  @ApiProperty() name!: string;
}

/** The policy in force on a day, in the API's description. */
export class PolicyBody {
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty({ type: String, nullable: true, description: 'As asked; null: all known.' })
  knownAt!: string | null;
  @ApiProperty() policyHash!: string;
  @ApiPropertyOptional({ type: EndedByBody }) endedBy?: EndedByBody;
  @ApiProperty({ type: [DutyOnDayBody] }) inForce!: DutyOnDayBody[];
  @ApiProperty({ type: [DutyOnDayBody] }) suspended!: DutyOnDayBody[];
  @ApiProperty({ type: [CountryOnDayBody] }) designatedCountries!: CountryOnDayBody[];
  @ApiProperty({ type: [GroupOnDayBody] }) groups!: GroupOnDayBody[];
  @ApiProperty({ type: [CriterionOnDayBody] }) criteria!: CriterionOnDayBody[];
  @ApiProperty({ type: [PortOnDayBody] }) ports!: PortOnDayBody[];
}

class PlaceInLogBody {
  @ApiProperty({ format: 'uuid' }) eventId!: string;
  @ApiProperty({ description: 'In the policy stream, from 0.' }) revision!: number;
  @ApiProperty({ type: String }) position!: string;
  @ApiProperty({ description: 'The instant from which the registry knew it.' }) known!: string;
}

class RescissionBody extends PlaceInLogBody {
  @ApiProperty() reason!: string;
}

class CorrectionBody extends RescissionBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the record said before, from `title` to `data`.',
  })
  replaced!: object;
}

const recordTypes = Object.keys(policyEventTable).filter(
  (type) => !/^PolicyRecord(Corrected|Rescinded)$/.test(type),
);

/** One record of the policy, in the order of the log, as it reads now, in the API's description. */
export class TimelineEventBody extends IntersectionType(LawNamedBody, PlaceInLogBody) {
  @ApiProperty({ enum: recordTypes }) type!: string;
  @ApiProperty() authority!: string;
  @ApiProperty({ format: 'date' }) publishedOn!: string;
  @ApiProperty({ format: 'date' }) effectiveOn!: string;
  @ApiPropertyOptional() note?: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: object;

  @ApiProperty({ type: [CorrectionBody], description: 'The oldest first; the last one counts.' })
  corrections!: CorrectionBody[];

  /** Where it is present, the record no longer holds. */
  @ApiPropertyOptional({ type: RescissionBody })
  rescinded?: RescissionBody;
}

class DiscretionBody extends LawNamedBody {
  @ApiProperty({ type: [String] }) kinds!: string[];
  @ApiProperty({ type: [String] }) criteria!: string[];
}

class DutyToComeBody extends LawNamedBody {
  @ApiProperty({ enum: dutyNames }) duty!: string;
  @ApiPropertyOptional({ type: LawNamedBody }) exemptBy?: LawNamedBody;
}

/** Whether somebody must, or may, be registered on arrival, in the API's description. */
export class PolicyCheckBody {
  @ApiProperty({ format: 'date' }) day!: string;
  @ApiProperty() policyHash!: string;
  @ApiProperty({ enum: ['must-register', 'may-be-registered', 'exempt', 'not-required'] })
  outcome!: string;
  @ApiProperty({ description: 'In one sentence.' }) because!: string;
  @ApiProperty({ type: [LawNamedBody] }) designations!: LawNamedBody[];
  @ApiProperty({ type: [DiscretionBody] }) discretion!: DiscretionBody[];
  @ApiProperty({ type: [DutyToComeBody], description: 'What a registration would bring.' })
  duties!: DutyToComeBody[];
}
