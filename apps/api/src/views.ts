import { Inject, Injectable } from '@nestjs/common';
import { readPosition } from '#libs/kernel';
import { waitForCheckpoint } from '#libs/projecting';
import {
  type Collection,
  InvalidCursor,
  type ViewStore,
  ViewStoreUnavailable,
} from '#libs/view-store';
import { malformed, unavailable } from '#libs/web';
import { VIEW_STORE } from './tokens.js';

/** Readings of views, with what HTTP asks of them: freshness, and a clear answer while they are away. */
@Injectable()
export class Views {
  constructor(@Inject(VIEW_STORE) readonly store: ViewStore) {}

  /** Reads once the collection holds the position asked for; 503 where it does not within 5 s. */
  async read<Result>(
    collection: Collection,
    atLeast: string | undefined,
    reading: (store: ViewStore) => Promise<Result>,
  ): Promise<Result> {
    const position = atLeast === undefined ? undefined : readPosition(atLeast);
    if (position !== undefined) {
      const isThere = await waitForCheckpoint(this.store, { collection, position });
      if (!isThere) throw unavailable('ViewBehind', await this.#whyBehind(collection, position));
    }
    try {
      return await reading(this.store);
    } catch (error) {
      if (error instanceof ViewStoreUnavailable) {
        throw unavailable('ViewsUnavailable', 'The views cannot be read now.');
      }
      if (error instanceof InvalidCursor) {
        throw malformed([{ field: 'cursor', problem: 'must be one that this list gave' }]);
      }
      throw error;
    }
  }

  async #whyBehind(collection: Collection, position: number): Promise<string> {
    const { parked } = (await this.store.readCheckpoint(collection)) ?? {};
    if (!parked) return `The view has not reached ${position} yet.`;
    const event = `the event ${parked.id ?? ''} (${parked.type ?? ''})`;
    return `The view stands still at ${event} and does not reach ${position}: see /health/ready.`;
  }
}
