export * from './canonical-json.js';
export * from './civil-day.js';
export * from './envelope.js';
export * from './event-table.js';
export * from './ids.js';
export * from './instant.js';
export * from './refusal.js';
export * as shape from './shape.js';
export type { Shape } from './shape.js';
