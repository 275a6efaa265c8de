import { execFileSync } from 'node:child_process';

/**
 * The end-to-end specs start the built processes: builds what has changed, once before all of them,
 * unless only other specs were asked for.
 */
export default function buildOnce({ testPathPatterns }) {
  const { patterns } = testPathPatterns;
  const ofProcesses = /portbook|e2e|soak|apps\/(event-node|projector)/;
  if (patterns.length > 0 && !patterns.some((pattern) => ofProcesses.test(pattern))) return;
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}
