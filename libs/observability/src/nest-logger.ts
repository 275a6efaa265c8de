import type { LoggerService } from '@nestjs/common';
import { faultText } from './fault.js';
import type { LogFields } from './log-fields.js';
import type { Logger } from './logger.js';

/** Lets Nest's own messages go through the process's logger; its chatter at start is for debugging. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(contextOf(rest), textOf(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(contextOf(rest), textOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const fault = typeof message === 'string' ? {} : { err: message };
    this.logger.error({ ...contextOf(rest), ...fault }, textOf(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(contextOf(rest), textOf(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace(contextOf(rest), textOf(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(contextOf(rest), textOf(message));
  }
}

/** Nest hands over the name of the class that speaks as the last argument. */
function contextOf(rest: readonly unknown[]): LogFields {
  const last = rest.at(-1);
  return typeof last === 'string' ? { context: last } : {};
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : faultText(message);
}
