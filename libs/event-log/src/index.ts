export { connectEventLog } from './client.js';
export { readCredentials } from './credentials.js';
export { createCodec, type StoredEvent } from './codec.js';
export {
  EventLogUnavailable,
  type EventPlace,
  EventTooLarge,
  KeysUnavailable,
  UnreadableEvent,
} from './errors.js';
export { historyLine, HistoryLineError, readHistory } from './history-file.js';
export { HistoryLineReader } from './line-reader.js';
export { createMemoryKeys, type RegistrantKeys } from './keys.js';
export { copyKeys, openRegistrantKeys, openRegistrantKeysReadOnly } from './lmdb-keys.js';
export { createMemoryEventLog, reopenMemoryEventLog } from './memory.js';
export * from './port.js';
export { requestHash } from './request-hash.js';
