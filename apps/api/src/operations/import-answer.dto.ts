import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ProblemBody } from '#libs/web';

class BadLineBody {
  @ApiProperty({ description: 'From 1.', example: 17 }) line!: number;
  @ApiProperty({ example: 'is not JSON.' }) problem!: string;
}

class ImportResultBody {
  @ApiProperty({ description: 'SHA-256 of the file.' }) file!: string;
  @ApiProperty({
    description:
      'Whether the registry had no registrants when the import began, so that times of recording were taken over.',
  })
  adopted!: boolean;
  @ApiProperty() appended!: number;
  @ApiProperty({ description: 'Lines that the log held already.' }) alreadyThere!: number;
  @ApiProperty({
    description: 'Lines that tell of days and imports of the registry from which the file comes.',
  })
  passedOver!: number;
  @ApiProperty({ description: 'Bad lines, and what could not follow without them.' })
  skipped!: number;
  @ApiProperty({ type: [BadLineBody], description: 'The first 100 of them.' })
  skippedLines!: BadLineBody[];
  @ApiProperty({
    description: 'Lines whose personal content cannot be opened here: its key is not here.',
  })
  unopened!: number;
  @ApiPropertyOptional({ description: 'Of the last event that was appended, for atLeast.' })
  position?: string;
}

/** A line of the answer: how far the import is, or at last its result or its problem. */
export class ImportLineBody {
  @ApiPropertyOptional({ enum: ['check', 'compare', 'append'] }) phase?: string;
  @ApiPropertyOptional({
    description: 'Lines checked, events of the log compared, or lines that are in the log.',
  })
  done?: number;
  @ApiPropertyOptional() of?: number;
  @ApiPropertyOptional() result?: ImportResultBody;
  @ApiPropertyOptional() problem?: ProblemBody;
}
