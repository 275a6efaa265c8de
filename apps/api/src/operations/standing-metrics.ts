import { Gauge, type Registry } from '#libs/observability';
import type { Standing } from './standing.js';

/**
 * The gauges of the log and the views. They are computed here from the log's end and the checkpoints,
 * since the projector has no face; what cannot be looked at has no figure, rather than an old one.
 */
export class StandingMetrics {
  readonly #up: Gauge;
  readonly #head: Gauge;
  readonly #position: Gauge;
  readonly #lag: Gauge;
  readonly #parked: Gauge;

  constructor(metrics: Registry) {
    const gauge = (name: string, help: string, ...labelNames: string[]): Gauge =>
      new Gauge({ name: `portbook_${name}`, help, labelNames, registers: [metrics] });
    this.#up = gauge('part_up', '1 where the part can be reached from the API, else 0.', 'part');
    this.#head = gauge('event_log_head_position', 'Position of the last event of the log.');
    const ofView = 'projection';
    this.#position = gauge('projection_position', 'Of the last event in the view.', ofView);
    this.#lag = gauge('projection_lag_positions', "From the log's end back to it.", ofView);
    this.#parked = gauge('projection_parked', '1 where it stands still at an event.', ofView);
  }

  /** All at once, so that figures of two moments never stand side by side. */
  show({ log, views }: Standing): void {
    for (const gauge of [this.#head, this.#position, this.#lag, this.#parked]) gauge.reset();
    this.#head.remove();
    this.#up.set({ part: 'event-log' }, log === 'away' ? 0 : 1);
    this.#up.set({ part: 'view-store' }, views === 'away' ? 0 : 1);
    if (log !== 'away' && log.head !== undefined) this.#head.set(log.head);
    for (const { name, position, lag, parked } of views === 'away' ? [] : views) {
      const labels = { projection: name };
      if (position !== undefined) this.#position.set(labels, position);
      if (log !== 'away') this.#lag.set(labels, lag);
      this.#parked.set(labels, parked ? 1 : 0);
    }
  }
}
