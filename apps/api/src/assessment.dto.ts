import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { statuses } from '#libs/assessment';
import { changeKinds, dutyNames } from '#libs/policy';

/** One obligation, in the API's description. */
export class ObligationBody {
  @ApiProperty({ format: 'uuid' }) registrantId!: string;
  @ApiProperty({ enum: dutyNames }) duty!: string;
  @ApiProperty({ format: 'date' }) anchorOn!: string;
  @ApiPropertyOptional({ description: 'annual-reregistration: counted from the anchor.' })
  year?: number;
  @ApiPropertyOptional({ enum: changeKinds }) kind?: string;
  @ApiPropertyOptional({ format: 'uuid' }) noticeId?: string;
  @ApiProperty({ format: 'date' }) opensOn!: string;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty({ enum: statuses }) status!: string;
  @ApiPropertyOptional({ format: 'date' }) satisfiedOn?: string;
  @ApiPropertyOptional({ format: 'date' }) closedOn?: string;
  @ApiPropertyOptional() office?: string;
  @ApiProperty() port!: string;
  @ApiProperty({ type: [String], description: 'The refs of the policy events behind it.' })
  because!: string[];
  @ApiProperty({ type: [String], description: 'Ids of the events behind it.' }) facts!: string[];
}

export class LawBody {
  @ApiProperty() ref!: string;
  @ApiProperty() citation!: string;
  @ApiProperty() verified!: boolean;
}

class AssumptionsBody {
  @ApiProperty({ enum: ['until-departure', 'until-admitted-until'] }) presence!: string;
  @ApiProperty({ type: [String], description: 'What else it rests on.' }) notes!: string[];
}

/** The obligations of one person, in the API's description. */
export class AssessmentBody {
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'An instant or position:<n>, as asked; null: everything known.',
  })
  knownAt!: string | null;

  @ApiProperty() policyHash!: string;
  @ApiProperty({ type: AssumptionsBody }) assumptions!: AssumptionsBody;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: "The registry's last day, else that of the last fact.",
  })
  observedUntil!: string | null;

  @ApiProperty({ type: [ObligationBody] }) obligations!: ObligationBody[];
  @ApiProperty({ description: 'Facts that satisfied nothing.' }) unneeded!: number;
  @ApiProperty({ type: [LawBody] }) law!: LawBody[];
}
