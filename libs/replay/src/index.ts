export * from './answer.js';
export * from './render.js';
export * from './replay.js';
export * from './request.js';
export { divideHistory, type ReplaySource } from './source.js';
