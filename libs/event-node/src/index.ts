export { startEventNode, type EventNode } from './event-node.js';
export { FolderInUse } from './folder-lock.js';
