import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import {
  EventLogUnavailable,
  type EventPlace,
  KeysUnavailable,
  UnreadableEvent,
} from '#libs/event-log';
import { correlationId, type Logger } from '#libs/observability';
import { Problem, problemBody, unavailable } from './problem.js';

/** Writes every refusal and fault as problem details; what a fault says stays in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { details, headers } = problemOf(error);
    if (details.status === 500) {
      this.logger.error({ ...placeOf(error), err: error }, 'A request failed.');
    }
    if (response.headersSent) {
      // The answer had begun as a success: only a broken connection can take that back.
      response.destroy();
      return;
    }
    response
      .status(details.status)
      .set(headers)
      .type('application/problem+json')
      .send(problemBody(details, correlationId()));
  }
}

/** Under the id of the request that failed, not of the one by which the event came to be. */
function placeOf(error: unknown): Omit<EventPlace, 'correlationId'> | undefined {
  if (!(error instanceof UnreadableEvent)) return undefined;
  const { correlationId: _ofItsOwn, ...place } = error.event;
  return place;
}

/** The problem as which an error is answered; what a fault says is not repeated. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof EventLogUnavailable) {
    return unavailable(
      'EventLogUnavailable',
      'The event log cannot be reached. A command sent again with the same key is recorded once.',
    );
  }
  if (error instanceof KeysUnavailable) {
    return unavailable(
      'KeysUnavailable',
      'No key can be made for what is personal, so nothing is recorded. See to the disk of the keys.',
    );
  }
  if (error instanceof UnreadableEvent) return unreadable(error);
  if (error instanceof HttpException) return problemOfNest(error.getStatus());
  return new Problem({
    status: 500,
    code: 'Fault',
    detail: 'Something is broken here. The log has the rest, under the correlation id.',
  });
}

/** Names the event by what is nobody's content; whose stream it lies in stands in the log. */
function unreadable({ event, isUnknown }: UnreadableEvent): Problem {
  const { id, type, version, position } = event;
  const what = isUnknown ? 'a type or version that is not known here' : 'damaged';
  const remedy = isUnknown
    ? 'Start the version of Portbook that wrote it, or a later one.'
    : 'The log has the rest, under the correlation id.';
  const shown = version === undefined ? type : `${type}, version ${String(version)}`;
  return new Problem({
    status: 500,
    code: 'EventUnreadable',
    detail:
      `The event ${id} (${shown}) at position ${String(position)} of the event log is ${what}, ` +
      `and no answer is given without it. ${remedy}`,
  });
}

/** Nest's own refusals repeat the URL or the body, so their words are not passed on. */
function problemOfNest(status: number): Problem {
  if (status === 404) {
    return new Problem({
      status,
      code: 'NotFound',
      detail: 'There is nothing at this method and address; /api/openapi.json lists what there is.',
    });
  }
  if (status >= 500) return new Problem({ status, code: 'Fault', detail: 'The request failed.' });
  return new Problem({ status, code: 'Malformed', detail: 'The request is malformed.' });
}
