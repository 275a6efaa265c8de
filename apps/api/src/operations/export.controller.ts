import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { type EventLog, historyLine } from '#libs/event-log';
import { readPosition, type RecordedEvent } from '#libs/kernel';
import { OptionalField, positionShape, Roles } from '#libs/web';
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

  /** If the log breaks off on the way, so does the answer: half an export must not look like a whole one. */
  @Get()
  @ApiOperation({
    summary: 'The registry log as NDJSON, personal content encrypted as it is stored',
  })
  @ApiProduces('application/x-ndjson')
  async export(@Query() { from }: ExportQuery, @Res() response: Response): Promise<void> {
    const after = from === undefined ? undefined : readPosition(from);
    const events = this.log.readAllStored(after === undefined ? {} : { after });
    const lines = await begun(events[Symbol.asyncIterator]());
    response.type('application/x-ndjson');
    await pipeline(lines, response).catch((error: unknown) => {
      const isCallerGone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
      if (!isCallerGone) throw error;
    });
  }
}

/** The lines, once the first has been read: a log that cannot be reached is still answered as such. */
async function begun(events: AsyncIterator<RecordedEvent>): Promise<AsyncIterable<string>> {
  const first = await events.next();
  return (async function* lines() {
    for (let next = first; next.done !== true; next = await events.next()) {
      yield historyLine(next.value);
    }
  })();
}
