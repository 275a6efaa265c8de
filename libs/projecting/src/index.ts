export { runProjection } from './projection-runner.js';
export * from './status.js';
export * from './wait-for-checkpoint.js';
