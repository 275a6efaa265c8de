export { generateHistory, historyRequestIssues } from './generate-history.js';
export * from './published-comparison.js';
