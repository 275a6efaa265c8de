export * from './arrival-check.js';
export * from './call-in.js';
export { type DutyPeriod, dutyPeriods } from './duty-periods.js';
export * from './events.js';
export * from './fold.js';
export * from './in-force.js';
export * from './overview.js';
export * from './record.js';
export * from './timeline.js';
