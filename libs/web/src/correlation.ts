import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { isUuid } from '#libs/kernel';
import { withCorrelation } from '#libs/observability';

const CORRELATION_HEADER = 'X-Correlation-Id';

/**
 * Runs a request under its correlation id and answers it in the header: the caller's, where it is a
 * UUID, else a new one. Other text is not taken over, since it would be stored with the events.
 */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(CORRELATION_HEADER)?.toLowerCase();
  const id = isUuid(given) ? given : randomUUID();
  response.setHeader(CORRELATION_HEADER, id);
  withCorrelation(id, next);
}
