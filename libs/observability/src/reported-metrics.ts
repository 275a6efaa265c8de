import { type Metrics, metricsOf, type Registry } from './metrics.js';

/** What a process without a face of its own tells of itself, over the channel to its supervisor. */
export interface MetricsReport {
  readonly kind: 'metrics';
  readonly process: string;
  readonly metrics: Metrics;
}

const REPORT_MS = 5_000;
/** What was not told anew for so long is of a process that is gone. */
const STALE_MS = 3 * REPORT_MS;

export function isMetricsReport(message: unknown): message is MetricsReport {
  return (
    typeof message === 'object' &&
    message !== null &&
    (message as { readonly kind?: unknown }).kind === 'metrics'
  );
}

/** Tells the supervisor, at once and then every 5 s; nothing where there is none. It keeps no process alive. */
export function reportMetrics(registry: Registry, name: string): void {
  if (process.send === undefined) return;
  const report = async (): Promise<void> => {
    const message = { kind: 'metrics', process: name, metrics: await metricsOf(registry) } as const;
    // A channel that has just closed is no fault: the process ends by that anyway.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
  void report();
  setInterval(() => void report(), REPORT_MS).unref();
}

/** The last that each of the other processes told, as long as it may still hold. */
export class ReportedMetrics {
  readonly #reports = new Map<string, { readonly metrics: Metrics; readonly at: number }>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Takes the message if it is a report. */
  readonly take = (message: unknown): void => {
    if (!isMetricsReport(message)) return;
    this.#reports.set(message.process, { metrics: message.metrics, at: this.nowMs() });
  };

  fresh(): readonly Metrics[] {
    const since = this.nowMs() - STALE_MS;
    return [...this.#reports.values()]
      .filter(({ at }) => at >= since)
      .map(({ metrics }) => metrics);
  }
}
