import { STATUS_CODES } from 'node:http';
import { ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

class FieldProblemBody {
  @ApiProperty({ example: 'visit.usAddress.zip' }) field!: string;
  @ApiProperty({ example: 'is missing' }) problem!: string;
}

/** The schema of problem details (RFC 9457) in the API's description. */
export class ProblemBody {
  @ApiProperty({ example: 'about:blank' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty() status!: number;
  @ApiProperty({ description: 'A closed code.', example: 'PortNotDesignatedForDeparture' })
  code!: string;
  @ApiProperty({ description: 'What is wrong and what to do.' }) detail!: string;
  @ApiPropertyOptional({ description: 'The `ref` of the policy event that carries the rule.' })
  rule?: string;
  @ApiPropertyOptional({ example: '67 FR 52584; 8 CFR 264.1(f)' }) citation?: string;
  @ApiPropertyOptional({ description: 'The field at fault, as a dotted path.' }) field?: string;
  @ApiPropertyOptional({ type: [FieldProblemBody] }) errors?: FieldProblemBody[];
  @ApiPropertyOptional({ format: 'uuid' }) correlationId?: string;
}

/** Documents an answer with problem details. */
export function ApiProblem(status: number, description?: string): MethodDecorator & ClassDecorator {
  return ApiResponse({
    status,
    description: description ?? STATUS_CODES[status] ?? '',
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemBody) } } },
  });
}
