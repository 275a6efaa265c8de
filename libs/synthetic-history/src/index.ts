export { generateHistory, historyRequestIssues } from './generate-history.js';
