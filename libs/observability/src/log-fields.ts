/**
 * All that a log line may carry beside its sentence, with what it means: ids, codes, counts and names of
 * our own. What is not in this list is withheld, so that a person's data cannot come into a log by a slip.
 */
export const logFields = {
  child: 'the process of which the supervisor speaks',
  connection: 'where the event node is to be found; it holds no credentials',
  context: 'which part of the framework speaks',
  correlationId: 'of the request that this belongs to, or by which the event came to be',
  durationMs: 'how long the answer took, in milliseconds',
  err: 'a fault: `type`, `message`, `code`, `stack`, and its `cause`',
  error: 'why an event cannot be folded or read',
  events: 'how many events',
  failures: 'how often it was tried in vain',
  folder: 'where files lie',
  id: 'of an event',
  isAborted: 'the caller went away before the answer was whole',
  method: 'of a request',
  position: 'of an event, in the log',
  projection: 'the name of a projection',
  reason: 'what went wrong, in words',
  revision: 'of an event, in its stream',
  route: "of a request, as a pattern: never the address, whose values are the caller's text",
  signal: 'by which a process was ended',
  status: 'of an answer',
  stream: 'of an event; that of a person by its pseudonymous id',
  type: 'of an event',
  version: "of an event's schema",
  waitMs: 'how long until it is tried again, in milliseconds',
} as const;

export type LogField = keyof typeof logFields;

export type LogFields = Readonly<
  Partial<Record<Exclude<LogField, 'err'>, string | number | boolean | null | undefined>> & {
    err?: unknown;
  }
>;

/** Whether a name is one of the list. */
export function isLogField(name: string): name is LogField {
  return Object.hasOwn(logFields, name);
}
