export { registrantFile } from './projection.js';
export * from './queries.js';
export * from './view.js';
