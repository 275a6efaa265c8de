/** Which room may import which: docs/ARCHITECTURE.md in a form that a machine checks. */
const LAW = ['assessment', 'registry', 'policy', 'reference', 'kernel'];

const mayImport = {
  kernel: [],
  reference: ['kernel'],
  ledger: ['kernel'],
  access: ['kernel'],
  policy: ['reference', 'kernel'],
  registry: ['policy', 'reference', 'kernel'],
  assessment: ['registry', 'policy', 'reference', 'kernel'],
  replay: LAW,
  'synthetic-history': LAW,
  settings: ['kernel'],
  observability: ['kernel'],
  'event-log': ['kernel', 'observability'],
  'event-node': ['kernel', 'observability'],
  'view-store': ['kernel', 'observability'],
  web: ['access', 'event-log', 'settings', 'observability', 'kernel'],
  'command-handling': [...LAW, 'event-log', 'observability'],
  projecting: ['view-store', 'event-log', 'observability', 'kernel'],
  sealing: ['ledger', 'event-log', 'observability', 'kernel'],
  verification: ['event-log', 'kernel'],
  spec: LAW,
};
/** What a room's specs need besides: the client's contract runs against the node that is shipped. */
const specsMayImport = { 'event-log': ['event-node'] };
const projectionsMayImport = [...LAW, 'access', 'view-store'];

const OURS = '^(apps|bench|docker|libs|projections|soak|spec)/';
const SPECS = String.raw`\.(spec|contract)\.ts$|^spec/|^apps/[^/]+/test/|^libs/spec/`;
const SPEC_FILE = '[.](spec|contract)[.]ts$';
const FRONT_DOOR = '^(libs|projections)/[^/]+/src/index[.]ts$';

function libs(rooms) {
  return rooms.map((room) => `^libs/${room}/`);
}

/** A spec keeps to its room's row too, but may use `libs/spec` and what stands in `specsMayImport`. */
const rowRules = Object.entries(mayImport).flatMap(([room, allowed]) => [
  {
    name: `what-${room}-may-import`,
    comment: `libs/${room} may import ${allowed.join(', ') || 'nothing of ours'}.`,
    severity: 'error',
    from: { path: `^libs/${room}/`, pathNot: SPEC_FILE },
    to: { path: OURS, pathNot: libs([room, ...allowed]) },
  },
  {
    name: `what-specs-of-${room}-may-import`,
    comment: `Specs of libs/${room} may import what the room may, and libs/spec.`,
    severity: 'error',
    from: { path: `^libs/${room}/.*${SPEC_FILE}` },
    to: {
      path: OURS,
      pathNot: libs([room, 'spec', ...allowed, ...(specsMayImport[room] ?? [])]),
    },
  },
]);

module.exports = {
  forbidden: [
    ...rowRules,
    {
      name: 'every-room-has-a-row',
      comment: 'A new room needs a row in the table above and in docs/ARCHITECTURE.md.',
      severity: 'error',
      from: { path: '^libs/', pathNot: libs(Object.keys(mayImport)) },
      to: {},
    },
    {
      name: 'what-projections-may-import',
      comment: `A projection may import ${projectionsMayImport.join(', ')}; never another projection.`,
      severity: 'error',
      from: { path: '^projections/([^/]+)/' },
      to: { path: OURS, pathNot: ['^projections/$1/', ...libs(['spec', ...projectionsMayImport])] },
    },
    {
      name: 'projections-know-the-view-store-by-type-only',
      comment:
        'A view is a pure function of events; which store keeps it is the projector’s affair.',
      severity: 'error',
      from: { path: '^projections/', pathNot: SPECS },
      to: { path: '^libs/view-store/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-an-app',
      comment: 'Apps are processes. What two of them need belongs into a room.',
      severity: 'error',
      from: { path: '^(apps/[^/]+|[^/]+)/' },
      to: { path: '^apps/', pathNot: '^$1/' },
    },
    {
      name: 'front-door-only',
      comment: 'From outside a room only its src/index.ts is imported.',
      severity: 'error',
      from: { path: '^([^/]+/[^/]+)/' },
      to: { path: '^(libs|projections)/', pathNot: ['^$1/', FRONT_DOOR] },
    },
    {
      name: 'front-door-by-its-alias',
      comment:
        'Another room is imported as #libs/<room> or #projections/<room>, not by a relative path.',
      severity: 'error',
      from: { path: '^([^/]+/[^/]+)/' },
      to: { path: FRONT_DOOR, pathNot: '^$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'given-when-then-is-for-specs',
      comment: 'libs/spec and contract suites are imported by specs only.',
      severity: 'error',
      from: { pathNot: SPECS },
      to: { path: SPECS },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'It would be missing after `npm ci --omit=dev`.',
      severity: 'error',
      from: { path: '^(apps|docker|libs|projections)/', pathNot: SPECS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-packages-of-packages',
      comment: 'A package that is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'every-import-resolves',
      comment: 'The built files in dist/ may be missing; all else must be there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.json'],
    },
  },
};
