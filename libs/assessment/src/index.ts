export * from './assess.js';
export { asUntested } from './counterfactual.js';
export { explain } from './explain.js';
export type { Explanation } from './explanation.js';
export { explanationText } from './explanation-text.js';
export * from './law.js';
export * from './obligation.js';
export { obligationsUnder } from './relied-on.js';
export { RULES_VERSION } from './version.js';
