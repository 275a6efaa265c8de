export * from './call-in.js';
export * from './duty-periods.js';
export * from './events.js';
export * from './fold.js';
export * from './in-force.js';
export * from './record.js';
