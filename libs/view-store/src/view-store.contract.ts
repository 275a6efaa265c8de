import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import type { ViewStore } from './index.js';
import { type Capabilities, everything } from './mongo-servers.contract.js';
import { describeQueries } from './queries.contract.js';
import { ships } from './ships.contract.js';
import { describeWrites } from './writes.contract.js';

/** What every adapter of the view store must do; `open` gives an empty store. */
export function describeViewStore(
  adapter: string,
  open: () => Promise<ViewStore>,
  capabilities: Capabilities = everything,
): void {
  describe(`the view store (${adapter})`, () => {
    let store: ViewStore;

    beforeAll(async () => {
      store = await open();
    });
    beforeEach(async () => {
      await store.drop(ships);
    });
    afterAll(() => store.close());

    describeWrites(() => store, capabilities);
    describeQueries(() => store, capabilities);
  });
}
