import { type DestinationStream, pino } from 'pino';
import { correlationId } from './correlation.js';
import { loggedFault } from './fault.js';
import { isLogField, type LogFields } from './log-fields.js';

/** Writes a line at one level: a sentence of our own, which holds no data of anybody, and fields beside it. */
interface WriteLine {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

export type Logger = Readonly<
  Record<'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace', WriteLine>
>;

export interface LoggerOptions {
  readonly level: string;
  /** The process that logs: `api`, `projector`, `event-node`, `supervisor`. */
  readonly process: string;
  /** Standard output where it is absent. */
  readonly destination?: DestinationStream;
}

const WITHHELD = '[withheld]';
const TEXT_MAX = 500;

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
      formatters: { level: (label) => ({ level: label }), log: admitted },
      // Faults are told by `admitted`, with less of them than pino would.
      serializers: { err: (told: unknown) => told },
      mixin: () => {
        const id = correlationId();
        return id === undefined ? {} : { correlationId: id };
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/** The compiler holds callers to the list of fields already; this holds those that went around it. */
function admitted(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, admittedValue(name, value)]),
  );
}

function admittedValue(name: string, value: unknown): unknown {
  if (!isLogField(name)) return WITHHELD;
  if (name === 'err') return loggedFault(value);
  if (typeof value === 'string') return value.slice(0, TEXT_MAX);
  return typeof value === 'object' && value !== null ? WITHHELD : value;
}
