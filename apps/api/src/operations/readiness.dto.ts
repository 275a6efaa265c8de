import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How one part stands, in the API's description. */
class PartStateBody {
  @ApiProperty({ enum: ['ready', 'not-ready'] }) state!: 'ready' | 'not-ready';

  @ApiPropertyOptional({ description: 'Where it is not ready: what is the matter, in a sentence.' })
  why?: string;
}

class ParkedEventBody {
  @ApiPropertyOptional({ type: String, example: '4711' }) position?: string;
  @ApiPropertyOptional() id?: string;
  @ApiPropertyOptional() stream?: string;
  @ApiPropertyOptional({ description: 'Within its stream, from 0.' }) revision?: number;
  @ApiPropertyOptional({ example: 'ArrivalRegistered' }) type?: string;
  @ApiPropertyOptional({ description: "Of the event's schema." }) version?: number;
  @ApiProperty({ description: 'Why the event cannot be taken.' }) error!: string;
}

/** How one view stands. */
class ViewStateBody extends PartStateBody {
  @ApiProperty({ example: 'registrant-file' }) name!: string;
  @ApiProperty() version!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the last event that it holds; null where it holds none or cannot be read.',
  })
  position!: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'How far it is behind the end of the log, in positions; null where not known.',
  })
  lag!: number | null;

  /** The event at which it stands still. */
  @ApiPropertyOptional({ type: ParkedEventBody })
  parked?: ParkedEventBody;
}

/** Every part that serving needs; always all of them. */
class PartsBody {
  @ApiProperty({ type: PartStateBody }) eventLog!: PartStateBody;

  /** What an empty log is filled with. */
  @ApiProperty({ type: PartStateBody }) seed!: PartStateBody;

  /** Those of registrants. */
  @ApiProperty({ type: PartStateBody }) keys!: PartStateBody;
  @ApiProperty({ type: PartStateBody }) viewStore!: PartStateBody;
  @ApiProperty({ type: [ViewStateBody] }) views!: ViewStateBody[];
}

/** The answer where every part is ready. */
export class ReadyBody {
  @ApiProperty({ enum: ['ready'] }) status!: 'ready';
  @ApiProperty({ format: 'date' }) registryDay!: string;
  @ApiProperty({ type: PartsBody }) parts!: PartsBody;
}
