import type { NodeProcess } from '../../bench/node-process.js';

export interface Targets {
  readonly open: NodeProcess;
  /** With TLS and users. */
  readonly closed: NodeProcess;
}

/** Does its harm, and gives how the node is let go of: until then what was begun stays as it is. */
export type Attack = (targets: Targets, random: () => number) => Promise<() => void>;

export function pick<T>(random: () => number, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

export function noise(random: () => number, lengthMax: number): Buffer {
  const length = 1 + Math.floor(random() * lengthMax);
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}
