import { openMemoryViews } from './memory.js';
import { describeViewStore } from './view-store.contract.js';

describeViewStore('memory', () => Promise.resolve(openMemoryViews()));
