import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import type { Issue } from '#libs/command-handling';
import { correlationId } from '#libs/observability';
import {
  actorOf,
  malformed,
  readIdempotencyKey,
  readIfMatch,
  requestOf,
  unknownParameters,
} from '#libs/web';

/** Parameter: who issues the command, under which key, and under which conditions. */
export const Issued = createParamDecorator((_: unknown, context: ExecutionContext): Issue => {
  const request = requestOf(context);
  const dryRun = readDryRun(request.query);
  const ifMatch = readIfMatch(request.get('if-match'));
  const id = correlationId();
  return {
    commandId: commandIdOf(request, dryRun),
    actor: actorOf(request),
    dryRun,
    ...(id !== undefined && { correlationId: id }),
    ...(ifMatch !== undefined && { ifMatch }),
  };
});

/** What is only tried is not remembered, so it needs no key. */
function commandIdOf(request: Request, dryRun: boolean): string {
  const key = readIdempotencyKey(request.get('idempotency-key'));
  if (key !== undefined) return key;
  if (dryRun) return randomUUID();
  throw malformed(
    [{ field: 'Idempotency-Key', problem: 'is missing' }],
    'Idempotency-Key is missing: give each command a UUID, and the same one when it is sent again.',
  );
}

function readDryRun(query: Request['query']): boolean {
  const { dryRun = 'false', ...others } = query;
  const unknown = unknownParameters(Object.keys(others));
  if (unknown.length > 0) throw malformed(unknown);
  if (dryRun === 'true' || dryRun === 'false') return dryRun === 'true';
  throw malformed([{ field: 'dryRun', problem: 'must be true or false' }]);
}
