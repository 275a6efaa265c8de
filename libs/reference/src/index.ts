export * from './classes-of-admission.js';
export * from './countries.js';
export * from './criteria.js';
export * from './designated-countries.js';
export * from './offices.js';
export * from './ports.js';
export * from './lookup.js';
