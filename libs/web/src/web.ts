import type { CanActivate, DynamicModule, Type as Class } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { type Logger, NestLogger, type Registry } from '#libs/observability';
import { AccessGuard } from './access-guard.js';
import { BodyGuard } from './body-guard.js';
import { correlate } from './correlation.js';
import { ProblemFilter } from './problem-filter.js';
import { PurposeGuard } from './purpose-guard.js';
import { QueryGuard } from './query-guard.js';
import { requestObserver } from './request-observer.js';
import type { VerifyToken } from './token-verifier.js';
import { createValidationPipe } from './validation-pipe.js';

export interface WebAppOptions {
  readonly verify: VerifyToken;
  readonly logger: Logger;
  /** Where requests are counted. */
  readonly metrics: Registry;
  /** Asked after the token and the role, before anything else of a request is looked at. */
  readonly guards?: readonly CanActivate[];
}

/**
 * An application with what every HTTP face shares, not yet listening. Nest's own body parser is left
 * out: it would read, and judge, the body of who may not come in.
 */
export async function createWebApp(
  module: Class | DynamicModule,
  { verify, logger, metrics, guards = [] }: WebAppOptions,
): Promise<NestExpressApplication> {
  const options = { bodyParser: false, abortOnError: false, logger: new NestLogger(logger) };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class by accident.
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  app.disable('x-powered-by');
  // An entity tag is a stream's revision here, never a hash of the answer.
  app.disable('etag');
  app.use(correlate, hardened, requestObserver({ logger, metrics }));
  app.useGlobalGuards(
    new AccessGuard(verify),
    ...guards,
    new PurposeGuard(),
    new QueryGuard(),
    new BodyGuard(),
  );
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  return app;
}

function hardened(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
  next();
}
