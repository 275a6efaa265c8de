import { Controller, HttpCode, Logger, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { ImportProgress } from '#libs/command-handling';
import { correlationId } from '#libs/observability';
import {
  actorOf,
  ApiProblem,
  problemBody,
  problemOf,
  ReadsQuery,
  Roles,
  StreamedBody,
} from '#libs/web';
import { OptionalEnumField } from '../fields.js';
import { ImportLineBody } from './import-answer.dto.js';
import { importResult } from './import-answer.js';
import { Imports } from './imports.js';

class ImportQuery {
  @OptionalEnumField(['true', 'false'], {
    description: 'true: leave bad lines out, and what cannot follow without them.',
  })
  readonly skipInvalid?: string;
}

/** How often an answer says how far the import has come, in milliseconds. */
const SAID_EVERY_MS = 250;

/** History files, as they come in. */
@ApiTags('operations')
@Controller('api/import')
@Roles('operator')
export class ImportController {
  readonly #logger = new Logger(ImportController.name);

  constructor(private readonly imports: Imports) {}

  /** Whoever hangs up stops the import between two appends: what was appended stays, and the same file goes on. */
  @Post()
  @HttpCode(200)
  @ReadsQuery()
  @StreamedBody()
  @ApiOperation({
    summary: 'Import a history file: every line is checked, then those are appended that are new',
    description:
      'The answer begins when the file has come in: lines that say how far it is, then one with the ' +
      'result or with the problem (of the same form as every other).',
  })
  @ApiConsumes('application/x-ndjson')
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @ApiExtraModels(ImportLineBody)
  @ApiResponse({
    status: 200,
    description: 'NDJSON, each line of this form.',
    content: { 'application/x-ndjson': { schema: { $ref: getSchemaPath(ImportLineBody) } } },
  })
  @ApiProblem(409, 'Another import is running.')
  @ApiProblem(413)
  @ApiProblem(415)
  @ApiProblem(507, 'The data folder has no room for the file.')
  async import(
    @Query() { skipInvalid }: ImportQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const history = await this.imports.receive(request);
    const hungUp = new AbortController();
    response.once('close', () => {
      hungUp.abort(new Error('The caller has hung up.'));
    });
    response.type('application/x-ndjson').flushHeaders();
    try {
      const outcome = await history.run({
        actor: actorOf(request),
        skipInvalid: skipInvalid === 'true',
        signal: hungUp.signal,
        onProgress: sayingNowAndThen(response),
      });
      say(response, { result: importResult(outcome) });
    } catch (error) {
      if (hungUp.signal.aborted) return;
      this.#sayProblem(response, error);
    } finally {
      await history.release();
      response.end();
    }
  }

  /** The answer has begun as a success, so that its last line has to say it. */
  #sayProblem(response: Response, error: unknown): void {
    const { details } = problemOf(error);
    if (details.status === 500) this.#logger.error(error, 'An import failed.');
    say(response, { problem: JSON.parse(problemBody(details, correlationId())) as unknown });
  }
}

function say(response: Response, line: object): void {
  response.write(`${JSON.stringify(line)}\n`);
}

/** Each phase is said when it begins, and then now and then. */
function sayingNowAndThen(response: Response): (progress: ImportProgress) => void {
  let phase: string | undefined;
  let saidAt = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && now - saidAt < SAID_EVERY_MS) return;
    phase = progress.phase;
    saidAt = now;
    say(response, progress);
  };
}
