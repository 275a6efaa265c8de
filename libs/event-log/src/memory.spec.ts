import { describeEventLog } from './event-log.contract.js';
import { createMemoryEventLog } from './memory.js';
import { specTables } from './spec-events.contract.js';

describeEventLog('the event log in memory', () =>
  Promise.resolve(createMemoryEventLog(specTables)),
);
