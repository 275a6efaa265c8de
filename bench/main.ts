import { availableParallelism, cpus } from 'node:os';
import { benchEventNode } from './event-node.js';
import { benchImport } from './import.js';

/** What can be measured, by name. */
const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  'event-node': benchEventNode,
  import: benchImport,
};

const asked = process.argv.slice(2);
if (asked.includes('--help') || asked.some((name) => benchmarks[name] === undefined)) {
  console.log(`Usage: npm run bench [-- NAME…]\n\nNames: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(asked.includes('--help') ? 0 : 2);
}
const machine = `${String(availableParallelism())} × ${cpus()[0]?.model ?? 'unknown'}`;
console.log(`Node ${process.version}, ${machine}`);
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length === 0 || asked.includes(name)) await run();
}
