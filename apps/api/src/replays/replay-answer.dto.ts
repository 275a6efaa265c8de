import { ApiProperty } from '@nestjs/swagger';
import { presenceAssumptions } from '#libs/registry';
import { LawBody } from '../assessment.dto.js';

class ReplayAssumptionsBody {
  @ApiProperty({ enum: presenceAssumptions, isArray: true }) presence!: string[];
  @ApiProperty({ type: [String] }) notes!: string[];
}

class WorldBody {
  @ApiProperty({ example: 'enacted' }) scenario!: string;
  @ApiProperty({ enum: presenceAssumptions }) presence!: string;
  @ApiProperty() policyHash!: string;
  @ApiProperty({ enum: ['reference'] }) method!: string;
  @ApiProperty({ type: [String] }) warnings!: string[];

  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: { type: ['number', 'string', 'null'] } },
    description:
      'A value for each dimension and measure asked for, and always `untested` and `unobserved`.',
  })
  rows!: object[];
}

/** What a replay comes to, with all that it was computed from, in the API's description. */
export class ReplayAnswerBody {
  @ApiProperty({ description: 'The same question to the same history has the same id.' })
  id!: string;
  @ApiProperty({ format: 'date' }) on!: string;
  @ApiProperty({ type: String, nullable: true }) knownAt!: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) from!: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) to!: string | null;
  @ApiProperty({ format: 'date' }) observedUntil!: string;
  @ApiProperty({ type: String, description: 'Of the last event of the log.' }) position!: string;
  @ApiProperty() historyHash!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ type: ReplayAssumptionsBody }) assumptions!: ReplayAssumptionsBody;
  @ApiProperty({ type: [LawBody] }) law!: LawBody[];
  @ApiProperty({ type: [WorldBody], description: 'The enacted world first.' })
  worlds!: WorldBody[];
}
