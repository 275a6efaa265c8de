import type { NextFunction, Request, Response } from 'express';
import { performance } from 'node:perf_hooks';
import {
  correlationId,
  Counter,
  Histogram,
  type Logger,
  type Registry,
  withCorrelation,
} from '#libs/observability';

/** From a read of one document to a replay of millions of events, in seconds. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];
/** Asked every few seconds by machines: told at debugging only, so that they do not bury the rest. */
const OF_MACHINES: readonly unknown[] = ['/health/live', '/health/ready', '/metrics'];
/** The label of every address where there is nothing: what callers make up is no label. */
const NO_ROUTE = 'none';

export interface RequestObserverDeps {
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** Middleware that logs and counts every request once it is over, by the route's pattern. */
export function requestObserver({ logger, metrics }: RequestObserverDeps) {
  const requests = new Counter({
    name: 'portbook_http_requests_total',
    help: 'Requests by method, route (a pattern) and status of the answer.',
    labelNames: ['method', 'route', 'status'],
    registers: [metrics],
  });
  const seconds = new Histogram({
    name: 'portbook_http_request_duration_seconds',
    help: 'How long answers took, by method and route (a pattern).',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers: [metrics],
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    const id = correlationId() ?? '';
    const over = (): void => {
      const { method } = request;
      const route = routeOf(request);
      const status = response.statusCode;
      const ms = performance.now() - began;
      requests.inc({ method, route, status });
      seconds.observe({ method, route }, ms / 1000);
      const line = { method, route, status, durationMs: Math.round(ms * 10) / 10 };
      const aborted = response.writableFinished ? {} : { isAborted: true };
      const level = OF_MACHINES.includes(route) ? 'debug' : 'info';
      logger[level]({ ...line, ...aborted }, 'Answered.');
    };
    // The end of an answer comes by its connection, which knows of no request's id.
    response.once('close', () => {
      withCorrelation(id, over);
    });
    next();
  };
}

/** The pattern, never the address: its values are the caller's text. */
function routeOf(request: Request): string {
  const path = (request as { route?: { path?: unknown } }).route?.path;
  return typeof path === 'string' ? path : NO_ROUTE;
}
