import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { dutyNames } from '#libs/policy';
import { whereaboutsNames } from '#projections/registrant-file';
import { IdentityDto, PersonDto } from '../commands/registrant/person.dto.js';
import { ContactDto, UsAddressDto } from '../commands/registrant/visit.dto.js';

class StayDepartureBody {
  @ApiProperty() registered!: boolean;
  @ApiPropertyOptional() port?: string;
}

class StayBody {
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiPropertyOptional({ format: 'date', description: 'Absent while it is open.' }) until?: string;
  @ApiProperty() port!: string;
  @ApiProperty() classOfAdmission!: string;
  @ApiPropertyOptional({ format: 'date' }) admittedUntil?: string;
  @ApiPropertyOptional({ type: StayDepartureBody }) departure?: StayDepartureBody;
}

class NoticeBody {
  @ApiProperty({ format: 'uuid' }) noticeId!: string;
  @ApiProperty({ format: 'date' }) servedOn!: string;
  @ApiProperty({ format: 'date' }) appearOn!: string;
  @ApiPropertyOptional({ format: 'date' }) interviewedOn?: string;
}

class ExemptionBody {
  @ApiProperty({ enum: dutyNames, isArray: true }) duties!: string[];
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiPropertyOptional({ format: 'date', description: 'The first day without it.' }) until?: string;
  @ApiProperty() authority!: string;
}

/** One registrant's file as it stands, in the API's description; what no fact has told is absent. */
export class RegistrantFileBody {
  @ApiProperty({ format: 'uuid' }) registrantId!: string;
  @ApiProperty({ description: 'Of the last event of the record; also the ETag.' })
  revision!: number;
  @ApiProperty({ type: String, description: 'Of the last event folded into it.' })
  position!: string;
  @ApiPropertyOptional({ type: PersonDto }) person?: PersonDto;
  @ApiPropertyOptional({ type: IdentityDto }) identity?: IdentityDto;
  @ApiPropertyOptional() fin?: string;
  @ApiProperty({ type: [String], description: 'The latest first.' }) admissionNumbers!: string[];
  @ApiPropertyOptional({ type: UsAddressDto }) address?: UsAddressDto;
  @ApiPropertyOptional() usState?: string;
  @ApiPropertyOptional({ type: ContactDto }) contact?: ContactDto;
  @ApiPropertyOptional() purposeCode?: string;
  @ApiPropertyOptional({ description: 'Of the last admission.' }) port?: string;
  @ApiPropertyOptional() classOfAdmission?: string;
  @ApiPropertyOptional({ format: 'date' }) admittedUntil?: string;
  @ApiPropertyOptional({ description: 'The class of admission, or what has replaced it.' })
  status?: string;
  @ApiPropertyOptional({ description: 'The responsible one.' }) office?: string;
  @ApiPropertyOptional({ format: 'date' }) registeredOn?: string;
  @ApiPropertyOptional({ enum: whereaboutsNames }) whereabouts?: string;
  @ApiProperty({ type: [StayBody], description: 'The earliest first.' }) stays!: StayBody[];
  @ApiProperty({ type: [NoticeBody] }) notices!: NoticeBody[];
  @ApiProperty({ type: [ExemptionBody] }) exemptions!: ExemptionBody[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    description: 'How many facts of each type stand.',
  })
  counts!: Record<string, number>;

  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['day', 'eventId'],
      properties: {
        day: { type: 'string', format: 'date' },
        eventId: { type: 'string', format: 'uuid' },
      },
    },
    description: 'The last fact of each type.',
  })
  lastFacts!: Record<string, object>;
}

class RecordedEventBody {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() stream!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'Within the record, from 0.' }) revision!: number;
  @ApiProperty({ type: String }) position!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: object;
  @ApiProperty({ type: 'object', additionalProperties: true }) metadata!: object;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Of a correction or a rescission: the event that it names.',
  })
  touches?: string;

  @ApiProperty({ type: [String], description: 'Ids of the corrections that name it.' })
  correctedBy!: string[];

  @ApiPropertyOptional({ format: 'uuid' }) rescindedBy?: string;

  @ApiProperty({
    description:
      'Whether what it says counts now: not rescinded, and not said otherwise by a correction.',
  })
  counts!: boolean;
}

export class HistoryBody {
  @ApiProperty({ format: 'uuid' }) registrantId!: string;
  @ApiProperty({ type: [RecordedEventBody] }) events!: RecordedEventBody[];
}
