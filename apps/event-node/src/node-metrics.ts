import type { EventNode, Written } from '#libs/event-node';
import {
  collectProcessMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  reportMetrics,
} from '#libs/observability';

/** From a disk that answers out of its cache to one that is nearly gone, in seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** The figures of a node, which speaks gRPC only: its supervisor hands them on to the API, which tells them. */
export class NodeMetrics {
  readonly #registry = new Registry();
  readonly #appends = this.#counter('appends_total', 'Appends that are on disk, since the start.');
  readonly #events = this.#counter('events_total', 'Events that are on disk, since the start.');
  readonly #bytes = this.#counter('bytes_total', 'Bytes that the log has grown, since the start.');
  readonly #commits = new Histogram({
    name: 'portbook_event_node_commit_duration_seconds',
    help: 'How long each commit took to be written and known on disk (fdatasync).',
    buckets: BUCKETS,
    registers: [this.#registry],
  });

  readonly count = ({ appends, events, bytes, seconds }: Written): void => {
    this.#appends.inc(appends);
    this.#events.inc(events);
    this.#bytes.inc(bytes);
    this.#commits.observe(seconds);
  };

  /** To the supervisor, from now on. */
  report(node: EventNode): void {
    this.#gauge('open_connections', 'Connections.', () => node.figures().openConnections);
    this.#gauge('open_calls', 'Calls, with subscriptions.', () => node.figures().openCalls);
    this.#gauge('open_subscriptions', 'Subscriptions.', () => node.figures().openSubscriptions);
    this.#gauge('last_position', 'Of the last event.', () => node.figures().lastPosition);
    collectProcessMetrics(this.#registry, 'event-node');
    reportMetrics(this.#registry, 'event-node');
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name: `portbook_event_node_${name}`, help, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      ...{ name: `portbook_event_node_${name}`, help, registers: [this.#registry] },
      collect: () => {
        gauge.set(read());
      },
    });
  }
}
