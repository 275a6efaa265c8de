import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type EventLog, historyLine } from '#libs/event-log';
import { OptionalField, positionShape, readPosition, Roles } from '#libs/web';
import { EVENT_LOG } from '../tokens.js';

class ExportQuery {
  @OptionalField(positionShape, { type: String, description: 'Begin after this position.' })
  readonly from?: string;
}

/** The registry log as a history file. */
@ApiTags('operations')
@Controller('api/export')
@Roles('operator')
export class ExportController {
  constructor(@Inject(EVENT_LOG) private readonly log: EventLog) {}

  @Get()
  @ApiOperation({
    summary: 'The registry log as NDJSON, personal content encrypted as it is stored',
  })
  @ApiProduces('application/x-ndjson')
  async export(@Query() { from }: ExportQuery, @Res() response: Response): Promise<void> {
    const after = from === undefined ? undefined : readPosition(from);
    const events = this.log.readAllStored(after === undefined ? {} : { after });
    response.type('application/x-ndjson');
    await pipeline(Readable.from(lines(events)), response);
  }
}

async function* lines(events: ReturnType<EventLog['readAllStored']>): AsyncGenerator<string> {
  for await (const event of events) yield historyLine(event);
}
