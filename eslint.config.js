import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const specs = ['**/*.spec.ts', '**/*.contract.ts', 'libs/spec/**/*.ts', 'apps/*/test/**/*.ts'];
const pureRooms = 'libs/{reference,policy,registry,assessment,access,ledger}/**/*.ts';
const argumentInstead =
  'Day, clock, ids and actor come in as arguments: the same facts must give the same answer for ever.';

/** Readable by a newcomer: the limits of size that no function or file of ours may pass. */
const sizes = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true }],
  'max-depth': ['error', 3],
  'no-restricted-syntax': [
    'error',
    {
      selector: [
        ':function[params.length>3]',
        ':not(ClassDeclaration[decorators.length>0] MethodDefinition[kind="constructor"] > *)',
        ':not(MethodDefinition[decorators.length>0] > *)',
      ].join(''),
      message: 'More than 3 parameters: take one named object.',
    },
  ],
};

/** The faults that TypeScript itself does not see. */
const soundness = {
  eqeqeq: 'error',
  'no-cond-assign': 'error',
  'no-console': 'error',
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
  'no-control-regex': 'error',
  'no-debugger': 'error',
  'no-else-return': 'error',
  'no-empty': 'error',
  'no-irregular-whitespace': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-param-reassign': 'error',
  'no-promise-executor-return': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unmodified-loop-condition': 'error',
  // Taking only the first that an iterator gives is a loop of one turn.
  'no-unreachable-loop': ['error', { ignore: ['ForOfStatement'] }],
  'no-unsafe-finally': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
};

const typed = {
  // A `default` must not hide a new kind of event, duty or status.
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
  ],
  '@typescript-eslint/naming-convention': [
    'error',
    {
      selector: 'typeLike',
      format: ['PascalCase'],
      custom: { regex: '^I[A-Z]|(Impl|Manager|Helper|Util)$', match: false },
    },
  ],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  // `Instant | 'always'` says more than the `string` that it comes to.
  '@typescript-eslint/no-redundant-type-constituents': 'off',
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
};

const impureGlobals = [
  ...['Date', 'process', 'fetch', 'performance', 'crypto', 'globalThis', 'Intl'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
];

/** What would make an answer depend on the moment, the machine or its language. */
const purity = {
  'no-restricted-globals': [
    'error',
    ...impureGlobals.map((name) => ({ name, message: argumentInstead })),
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: argumentInstead },
    ...['localeCompare', 'toLocaleString', 'toLocaleLowerCase', 'toLocaleUpperCase'].map(
      (property) => ({
        property,
        message: 'The answer would depend on the language of the machine.',
      }),
    ),
  ],
};

export default defineConfig([
  globalIgnores(['dist/', 'data/', 'coverage/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...soundness, ...sizes },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: typed,
  },
  {
    name: 'the pure rooms, and what must come out the same in every replay and rebuild',
    files: [pureRooms, 'libs/{kernel,replay,synthetic-history}/**/*.ts', 'projections/**/*.ts'],
    ignores: specs,
    rules: purity,
  },
  {
    name: 'the pure rooms import only rooms of ours',
    files: [pureRooms],
    ignores: specs,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?![.#])',
              message: 'A pure room imports no npm package and no node module.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'the kernel hashes, canonicalises and names, and that is all',
    files: ['libs/kernel/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'node:crypto', allowImportNames: ['createHash'] }],
          patterns: [
            {
              regex: '^(?![.#]|node:crypto$|canonicalize$)',
              message: "The kernel takes only node:crypto's hash and canonicalize.",
            },
          ],
        },
      ],
    },
  },
  {
    name: 'adapters in memory answer promises without waiting for anything',
    files: ['**/memory.ts', '**/memory-*.ts', '**/*-memory.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  {
    name: 'a message of the wire may hold any kind: what is not named is malformed',
    files: ['libs/event-{log,node}/**/*.ts'],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
    },
  },
  {
    name: 'the command line, benchmarks, campaigns and a process that starts speak on the console',
    files: [
      'apps/portbook/**/*.ts',
      'apps/*/src/main.ts',
      'bench/**',
      'bin/**',
      'docker/**',
      'soak/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'a spec reads as a story, and pokes at untyped answers',
    files: specs,
    rules: {
      'max-lines-per-function': 'off',
      // A row of a table has as many parameters as columns.
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
]);
