export { runProjection, type RunnerOptions } from './projection-runner.js';
export * from './status.js';
export * from './wait-for-checkpoint.js';
