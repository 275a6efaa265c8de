export { checkLog, copyLog, type LogCopy } from './copy-log.js';
export { startEventNode, type EventNode } from './event-node.js';
export { type Written } from './log-storage.js';
export { addUserTo, type Security } from './security.js';
export { FolderInUse } from './folder-lock.js';
export { FolderNotEmpty, vacateFolder } from './vacate-folder.js';
