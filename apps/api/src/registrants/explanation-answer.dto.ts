import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { changeKinds, dutyNames } from '#libs/policy';
import { presenceAssumptions } from '#libs/registry';
import { LawBody, ObligationBody } from '../assessment.dto.js';

class ObligationKeyBody {
  @ApiProperty({ enum: dutyNames }) duty!: string;
  @ApiProperty({ format: 'date' }) anchorOn!: string;
  @ApiPropertyOptional() year?: number;
  @ApiPropertyOptional({ enum: changeKinds }) kind?: string;
  @ApiPropertyOptional({ format: 'uuid' }) noticeId?: string;
}

/** Under what names it in both worlds; absent from the world that does not impose it. */
class ExplainedObligationBody {
  @ApiProperty({ type: ObligationKeyBody }) obligation!: ObligationKeyBody;
  @ApiPropertyOptional({ type: ObligationBody }) enacted?: ObligationBody;
  @ApiPropertyOptional({ type: ObligationBody }) scenario?: ObligationBody;

  @ApiProperty({
    type: [String],
    description: 'The refs of the policy events that make the difference; empty where none is.',
  })
  differsBy!: string[];
}

class ExplainedFactBody {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ format: 'date' }) day!: string;
  @ApiProperty({ enum: ['enacted', 'scenario'], isArray: true }) unneededIn!: string[];
}

class ExplainedWorldBody {
  @ApiProperty({ example: 'no-suspension' }) scenario!: string;
  @ApiProperty({ description: 'Of the policy as it was known.' }) policyHash!: string;
  @ApiProperty({ type: [String] }) warnings!: string[];
  @ApiProperty({ description: 'How many facts satisfied nothing.' }) unneeded!: number;
}

class PolicyChangeBody {
  @ApiProperty() ref!: string;
  @ApiProperty({ enum: ['withdrawn', 'moved', 'amended', 'enacted'] }) change!: string;
  @ApiProperty({ format: 'date' }) effectiveOn!: string;
  @ApiPropertyOptional({ format: 'date', description: 'Of what was moved: from which day.' })
  from?: string;
}

class ExplainedLawBody extends LawBody {
  @ApiProperty() title!: string;
  @ApiProperty({ format: 'date' }) effectiveOn!: string;
}

class ExplanationAssumptionsBody {
  @ApiProperty({ enum: presenceAssumptions }) presence!: string;
  @ApiProperty({ type: [String] }) notes!: string[];
}

/** One person's obligations in both worlds, in the API's description; without personal content. */
export class ExplanationBody {
  @ApiProperty({ format: 'uuid' }) registrantId!: string;
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty({ type: String, nullable: true, description: 'As asked; null: all known.' })
  knownAt!: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) observedUntil!: string | null;
  @ApiProperty({ type: ExplanationAssumptionsBody }) assumptions!: ExplanationAssumptionsBody;
  @ApiProperty() rulesVersion!: string;
  @ApiProperty({ type: [ExplainedWorldBody], description: 'The enacted one first.' })
  worlds!: ExplainedWorldBody[];
  @ApiProperty({ type: [PolicyChangeBody], description: 'What the scenario changes.' })
  changes!: PolicyChangeBody[];
  @ApiProperty({ type: [ExplainedObligationBody] }) obligations!: ExplainedObligationBody[];
  @ApiProperty({ type: [ExplainedFactBody], description: 'In the order of their legal days.' })
  facts!: ExplainedFactBody[];
  @ApiProperty({ type: [ExplainedLawBody] }) law!: ExplainedLawBody[];
}
