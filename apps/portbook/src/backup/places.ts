import { join } from 'node:path';
import type { Settings } from '#libs/settings';
import { wrongUse } from '../exit.js';

/** Where the embedded event log lies. Ends the program where the system uses another event store. */
export function embeddedLogFolder({ dataDir, eventStoreUrl }: Settings): string {
  if (eventStoreUrl !== undefined) {
    throw wrongUse(
      'EVENTSTORE_URL names an event store of its own: back it up and restore it with its own means, ' +
        'and copy the key folder (PORTBOOK_KEYS) while the API is stopped.',
    );
  }
  return join(dataDir, 'events');
}
