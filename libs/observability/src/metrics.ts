import {
  AggregatorRegistry,
  collectDefaultMetrics,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';

export { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What a registry holds, as it can be sent to another process. */
export type Metrics = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Adds what every process tells of itself: CPU, memory, the lag of its event loop, its handles. */
export function collectProcessMetrics(registry: Registry, process: string): void {
  collectDefaultMetrics({ register: registry, labels: { process } });
}

/** Of this process, as it can be sent to another one. */
export async function metricsOf(registry: Registry): Promise<Metrics> {
  return await registry.getMetricsAsJSON();
}

/**
 * Metrics of several processes in the exposition format of Prometheus. No two of them may have a series
 * (a name with the same labels) in common.
 */
export async function exposed(sources: readonly Metrics[]): Promise<string> {
  const told = sources.map((metrics) => metrics.map(asTold));
  return await AggregatorRegistry.aggregate(told).metrics();
}

/** The type of what is exposed, with its version, by which Prometheus knows how to read it. */
export const EXPOSITION_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Nothing is summed or left out. On its way NaN, of what was not measured yet, has become null. */
function asTold(metric: Metrics[number]): Metrics[number] {
  const values = metric.values.filter(({ value }) => Number.isFinite(value));
  return { ...metric, values, aggregator: 'first' };
}
