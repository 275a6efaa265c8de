export * from './correlation.js';
export { faultText } from './fault.js';
export * from './last-words.js';
export { createLogger, type Logger } from './logger.js';
export * from './metrics.js';
export * from './nest-logger.js';
export { isMetricsReport, ReportedMetrics, reportMetrics } from './reported-metrics.js';
