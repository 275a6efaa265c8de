export * from './events.js';
export * from './facts.js';
export * from './stays.js';
export * from './office.js';
