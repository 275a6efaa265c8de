export { connectEventLog, type EventLogSettings } from './client.js';
export {
  DamagedPersonalContent,
  EventLogUnavailable,
  EventTooLarge,
  InvalidEvent,
  UnknownEventType,
} from './errors.js';
export { historyLine, HistoryLineError, type HistoryOptions, readHistory } from './history-file.js';
export { createMemoryKeys, type RegistrantKeys } from './keys.js';
export { openRegistrantKeys, openRegistrantKeysReadOnly } from './lmdb-keys.js';
export { type LogName, logOf } from './logs.js';
export { createMemoryEventLog } from './memory.js';
export * from './port.js';
export { requestHash } from './request-hash.js';
