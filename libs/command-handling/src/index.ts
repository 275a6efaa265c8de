export * from './command-runner.js';
export { commandHandlers } from './handlers.js';
export * from './outcome.js';
export * from './policy-commands.js';
export * from './policy-reader.js';
export { registrantCommandClasses } from './registrant-commands.js';
export * from './registry-clock.js';
