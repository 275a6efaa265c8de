export { startEventNode, type EventNode, type EventNodeOptions } from './event-node.js';
export { FolderInUse } from './folder-lock.js';
