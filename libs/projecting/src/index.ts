export { runProjection } from './projection-runner.js';
export * from './status.js';
export { takeUpProjections } from './take-up.js';
export * from './wait-for-checkpoint.js';
