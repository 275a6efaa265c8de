export * from './apply-scenario.js';
export * from './arrival-check.js';
export * from './at-moment.js';
export * from './call-in.js';
export * from './command-examples.js';
export {
  commandForEvent,
  type PolicyCommand,
  type PolicyCommandName,
  policyCommandNames,
} from './commands.js';
export { composeScenario, type FindBase } from './compose-scenario.js';
export { decidePolicy } from './decide.js';
export { dutyPeriods } from './duty-periods.js';
export * from './events.js';
export * from './fold.js';
export * from './in-force.js';
export { policyLogIssues } from './log-issues.js';
export * from './overview.js';
export * from './record.js';
export * from './scenario.js';
export * from './shipped-scenarios.js';
export { policyEventTable } from './table.js';
export * from './timeline.js';
