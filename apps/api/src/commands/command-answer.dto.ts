import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LawBody, ObligationBody } from '../assessment.dto.js';

class AcceptedEventBody {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'ArrivalRegistered' }) type!: string;
  @ApiProperty({ description: 'Within its stream, from 0.' }) revision!: number;
}

/** The answer to an accepted command, in the API's description. */
export class CommandAnswerBody {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of a registrant command.' })
  registrantId?: string;

  @ApiPropertyOptional({ description: 'Of a policy command.' }) ref?: string;
  @ApiProperty({ description: 'Of the last event; also the ETag.' }) revision!: number;

  @ApiPropertyOptional({
    type: String,
    description: 'Of the last event in the log; absent in a dry run.',
    example: '4711',
  })
  position?: string;

  @ApiProperty({ type: [AcceptedEventBody] }) events!: AcceptedEventBody[];

  @ApiProperty({
    type: [ObligationBody],
    description: "The person's obligations after it, upcoming included, as of the registry's day.",
  })
  obligations!: ObligationBody[];

  @ApiProperty({ type: [LawBody], description: 'For every ref in any `because`.' })
  law!: LawBody[];

  @ApiProperty({ type: [String] }) warnings!: string[];
}
