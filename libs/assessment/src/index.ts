export * from './assess.js';
export { asUntested } from './counterfactual.js';
export * from './explain.js';
export * from './law.js';
export * from './obligation.js';
export { obligationsUnder } from './relied-on.js';
export { RULES_VERSION } from './version.js';
