import { type DestinationStream, type Logger, pino } from 'pino';
import { correlationId } from './correlation.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: string;
  /** The process that logs: `api`, `projector`. */
  readonly process: string;
  /** Standard output where it is absent. */
  readonly destination?: DestinationStream;
}

/**
 * One JSON line an event, on standard output. Callers hand over ids, codes and counts, never a
 * person's data: what is logged outlives every key that could be destroyed.
 */
export function createLogger({ level, process, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { process },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const id = correlationId();
        return id === undefined ? {} : { correlationId: id };
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
