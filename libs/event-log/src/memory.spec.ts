import { createMemoryKeys } from './keys.js';
import { describeEventLog } from './event-log.contract.js';
import { createMemoryEventLog, reopenMemoryEventLog } from './memory.js';
import { specTables } from './spec-events.contract.js';

const keys = createMemoryKeys();
const log = createMemoryEventLog(specTables, keys);

describeEventLog('the event log in memory', (tables) =>
  Promise.resolve(reopenMemoryEventLog(log, tables, keys)),
);
