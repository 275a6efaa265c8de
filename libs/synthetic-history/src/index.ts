export {
  generateHistory,
  type HistoryProgress,
  type HistoryRequest,
  historyRequestIssues,
} from './generate-history.js';
export type { HistoryLine } from './history-line.js';
