import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How one part stands. */
export class PartState {
  @ApiProperty({ enum: ['ready', 'not-ready'] }) state!: 'ready' | 'not-ready';

  @ApiPropertyOptional({ description: 'Where it is not ready: what is the matter, in a sentence.' })
  why?: string;
}

class ParkedAt {
  @ApiPropertyOptional({ type: String, example: '4711' }) position?: string;
  @ApiPropertyOptional() id?: string;
  @ApiPropertyOptional() stream?: string;
  @ApiPropertyOptional({ description: 'Within its stream, from 0.' }) revision?: number;
  @ApiPropertyOptional({ example: 'ArrivalRegistered' }) type?: string;
  @ApiPropertyOptional({ description: "Of the event's schema." }) version?: number;
  @ApiProperty({ description: 'Why the event cannot be taken.' }) error!: string;
}

/** How one view stands. */
export class ViewState extends PartState {
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
  @ApiPropertyOptional({ type: ParkedAt })
  parked?: ParkedAt;
}

/** Every part that serving needs; always all of them. */
export class Parts {
  @ApiProperty({ type: PartState }) eventLog!: PartState;

  /** What an empty log is filled with. */
  @ApiProperty({ type: PartState }) seed!: PartState;

  /** Those of registrants. */
  @ApiProperty({ type: PartState }) keys!: PartState;
  @ApiProperty({ type: PartState }) viewStore!: PartState;
  @ApiProperty({ type: [ViewState] }) views!: ViewState[];
}

/** The answer where every part is ready. */
export class ReadyBody {
  @ApiProperty({ enum: ['ready'] }) status!: 'ready';
  @ApiProperty({ format: 'date' }) registryDay!: string;
  @ApiProperty({ type: Parts }) parts!: Parts;
}
