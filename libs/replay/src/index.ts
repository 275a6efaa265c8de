export * from './answer.js';
export * from './render.js';
export * from './replay.js';
export * from './request.js';
export { HistoryGathering } from './history-gathering.js';
export { observedUntil, type ReplaySource } from './source.js';
