export { addressFacts } from './addresses.js';
export type { AssessedObligation, DecisionFacts } from './case.js';
export * from './command-examples.js';
export * from './command-of-fact.js';
export * from './commands.js';
export * from './contradiction-of.js';
export * from './decide.js';
export * from './events.js';
export {
  type Fact,
  type FactType,
  factsOf,
  isFactType,
  isRegistration,
  legalDay,
  personAtFacts,
} from './facts.js';
export { obligationName } from './obligation-name.js';
export * from './office.js';
export { foldRegistrant } from './state.js';
export * from './stays.js';
export * from './table.js';
export * from './imports.js';
export * from './registry-day.js';
