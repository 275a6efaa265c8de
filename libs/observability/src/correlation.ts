import { AsyncLocalStorage } from 'node:async_hooks';

const correlations = new AsyncLocalStorage<string>();

/** Runs work, and all that it awaits, under a correlation id: every log line of it carries the id. */
export function withCorrelation<Result>(correlationId: string, work: () => Result): Result {
  return correlations.run(correlationId, work);
}

/** The correlation id under which this runs; undefined outside any. */
export function correlationId(): string | undefined {
  return correlations.getStore();
}
