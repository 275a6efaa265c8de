export * from './answer.js';
export * from './render.js';
export * from './replay.js';
export * from './request.js';
export { type GatheredHistory, HistoryGathering } from './history-gathering.js';
export type { ReplaySource } from './source.js';
