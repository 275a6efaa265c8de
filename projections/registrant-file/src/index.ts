export * from './queries.js';
export * from './view.js';
