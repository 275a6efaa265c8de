import { randomBytes } from 'node:crypto';
import { KEY_BYTES } from './sealed-content.js';

/** The keys under which the personal content of registrants is encrypted, one each. */
export interface RegistrantKeys {
  /** Undefined where there is none: never made, or destroyed. */
  find(registrantId: string): Uint8Array | undefined;
  /** The keys of all, made where missing; durable when the promise resolves. */
  getOrCreate(registrantIds: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Why keys that are made now would not be found again, in a sentence for an operator; undefined where all is well. */
  problem(): Promise<string | undefined>;
  close(): Promise<void>;
}

export function newKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** Keys that live as long as the process, for specs and for what is never stored. */
export function createMemoryKeys(): RegistrantKeys {
  const keys = new Map<string, Uint8Array>();
  return {
    find: (registrantId) => keys.get(registrantId),
    getOrCreate: (registrantIds) => {
      const found = registrantIds.map((id) => [id, keys.get(id) ?? newKey()] as const);
      for (const [id, key] of found) keys.set(id, key);
      return Promise.resolve(new Map(found));
    },
    problem: () => Promise.resolve(undefined),
    close: () => Promise.resolve(),
  };
}
