import { describe, expect, it } from '@jest/globals';
import { Counter, exposed, type Metrics, metricsOf, Registry } from './metrics.js';
import { ReportedMetrics } from './reported-metrics.js';

async function counted(process: string, value: number): Promise<Metrics> {
  const registry = new Registry();
  const options = { name: 'turns_total', help: 'Turns.', labelNames: ['process'] };
  new Counter({ ...options, registers: [registry] }).inc({ process }, value);
  return metricsOf(registry);
}

describe('metrics of several processes', () => {
  it('are one family each, whose series stand side by side', async () => {
    const text = await exposed([await counted('api', 2), await counted('event-node', 3)]);

    expect(text).toBe(
      '# HELP turns_total Turns.\n# TYPE turns_total counter\n' +
        'turns_total{process="api"} 2\nturns_total{process="event-node"} 3\n',
    );
  });

  it('leave out what was not measured yet', async () => {
    const [family] = await counted('api', NaN);
    const sent = JSON.parse(JSON.stringify([family])) as Metrics;

    expect(await exposed([sent])).not.toContain('turns_total{');
  });
});

describe('what other processes told of themselves', () => {
  it('is the last of each, until it is too old to hold', async () => {
    let nowMs = 0;
    const reported = new ReportedMetrics(() => nowMs);
    const [first, second] = [await counted('event-node', 1), await counted('event-node', 2)];
    reported.take({ kind: 'metrics', process: 'event-node', metrics: first });
    reported.take({ kind: 'ready', port: 1 });
    reported.take({ kind: 'metrics', process: 'event-node', metrics: second });

    nowMs = 15_000;
    expect(reported.fresh()).toEqual([second]);
    nowMs = 15_001;
    expect(reported.fresh()).toEqual([]);
  });
});
