export * from './purposes.js';
export * from './roles.js';
