export * from './given-when-then.js';
export * from './recorded.js';
export * from './registrations.js';
export * from './later-facts.js';
export * from './assessed.js';
export * from './given-registrant.js';
export * from './whole-events.js';
export * from './clerical.js';
