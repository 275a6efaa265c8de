export * from './collection.js';
export * from './errors.js';
export { openLmdbViews, readLmdbViews } from './lmdb.js';
export { openMemoryViews } from './memory.js';
export { openMongoViews } from './mongo.js';
export * from './port.js';
export * from './projection.js';
