export * from './answer.js';
export { historyHash } from './history-hash.js';
export * from './render.js';
export * from './replay.js';
export * from './request.js';
export * from './source.js';
