import { availableParallelism } from 'node:os';

/** One alias table for all tools (package.json "imports"); jest needs only the `.js` of relative imports taken off. */
export default {
  globalSetup: '<rootDir>/spec/build-once.js',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Far beyond what any spec takes alone: a loaded machine is slow, and no spec is about time.
  testTimeout: 60_000,
  testMatch: ['<rootDir>/{apps,docker,libs,projections,soak,spec}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Jest leaves one core free by default, which on two cores is half of them.
  maxWorkers: Math.min(4, availableParallelism()),
};
