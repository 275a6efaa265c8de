import { Inject, Injectable } from '@nestjs/common';
import type { RegistrantKeys } from '#libs/event-log';
import type { ProjectionStatus } from '#libs/projecting';
import type { ParkedEvent } from '#libs/view-store';
import { Preparation } from '../preparation.js';
import { servedViews } from '../projections.js';
import { REGISTRANT_KEYS } from '../tokens.js';
import { type Standing, StandingOf } from './standing.js';

/** How one part stands; where it is not ready, why, in a sentence. */
export interface PartState {
  readonly state: 'ready' | 'not-ready';
  readonly why?: string;
}

/** How one view stands; null what is not known. */
interface ViewState extends PartState {
  readonly name: string;
  readonly version: number;
  /** As every position on the wire. */
  readonly position: string | null;
  readonly lag: number | null;
  readonly parked?: Omit<ParkedEvent, 'position'> & { readonly position?: string };
}

/** Every part that serving needs; always all of them. */
export interface Parts {
  readonly eventLog: PartState;
  readonly seed: PartState;
  readonly keys: PartState;
  readonly viewStore: PartState;
  readonly views: readonly ViewState[];
}

const READY: PartState = { state: 'ready' };

/** Whether every part that serving needs is there; else which is not, and why. */
@Injectable()
export class Readiness {
  constructor(
    private readonly standing: StandingOf,
    @Inject(REGISTRANT_KEYS) private readonly keys: RegistrantKeys,
    private readonly preparation: Preparation,
  ) {}

  async look(): Promise<{ readonly isReady: boolean; readonly parts: Parts }> {
    const [standing, keysProblem] = await Promise.all([this.standing.look(), this.keys.problem()]);
    const { log, views } = standing;
    const { state } = this.preparation;
    const parts: Parts = {
      eventLog: log === 'away' ? notReady('It cannot be reached.') : READY,
      seed: state === 'done' ? READY : notReady(`It is not done yet: ${state}.`),
      keys: keysProblem === undefined ? READY : notReady(keysProblem),
      viewStore: views === 'away' ? notReady('It cannot be read.') : READY,
      views: this.#views(standing),
    };
    const all = [parts.eventLog, parts.seed, parts.keys, parts.viewStore, ...parts.views];
    return { isReady: all.every((part) => part.state === 'ready'), parts };
  }

  #views({ log, views }: Standing): ViewState[] {
    if (views !== 'away') return views.map((view) => this.#view(view, log !== 'away'));
    const unknown = { position: null, lag: null, ...notReady('The view store cannot be read.') };
    return servedViews.map(({ name, version }) => ({ name, version, ...unknown }));
  }

  #view(status: ProjectionStatus, isLagKnown: boolean): ViewState {
    const { name, version, position, lag, parked } = status;
    return {
      ...{ name, version },
      ...(this.#whyNot(status) ?? READY),
      position: position === undefined ? null : String(position),
      lag: isLagKnown ? lag : null,
      ...(parked && { parked: writtenOut(parked) }),
    };
  }

  /** A view is ready when it holds what the log held at the start, and stands still at no event. */
  #whyNot({ position, parked }: ProjectionStatus): PartState | undefined {
    if (parked) return notReady('It stands still at an event that it cannot take: see parked.');
    const from = this.preparation.position ?? -1;
    if ((position ?? -1) >= from) return undefined;
    return notReady(`It does not hold yet what the log held at the start, up to ${String(from)}.`);
  }
}

function notReady(why: string): PartState {
  return { state: 'not-ready', why };
}

function writtenOut({ position, ...parked }: ParkedEvent): NonNullable<ViewState['parked']> {
  return { ...(position !== undefined && { position: String(position) }), ...parked };
}
