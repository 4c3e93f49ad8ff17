/**
 * The rooms of Ringside and the one direction in which they may import each other (docs: CONTRIBUTING.md).
 * @type {import('dependency-cruiser').IConfiguration}
 */
const PURE =
  '^lib/(cql|wire|grid|ring|contract|text|values|local|cluster|health|trace|edit|live|metrics|rights|transform|roles)/|^lib/(scan|spark)/plan/';
/** What the page does without drawing it: pure rooms, what asks the server, and what stands on both. */
const BROWSER = '^(components|lib/(client|reader|changes|browse|workbench))/';
const SERVER =
  '^lib/(cassandra|each|scan(?!/plan)|spark(?!/plan)|jobs|export|http|terminal|statements|history|events|verdict|mutations|change-many|monitor|load|writing|compare|copy|schedules|sign-in|telemetry|clusters|audit|approval)/|^lib/(env|config|limits|regular-file|line-log|server-jobs|server-schedules|server-status|start-server|stopping|data-folder|server-rights|server-roles|server-approvals)\\.ts$';
const TEST = '\\.(test|test-support|test-frames)\\.tsx?$|/test-[a-z-]+\\.ts$';
const FEATURES = 'browse|query|exports|cluster|schema|connect|operate|load|sign-in|roles';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'pure-rooms-import-pure-rooms',
      comment: 'They decide; they do no I/O and know no framework.',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: {
        path: '^(?!lib/(cql|wire|grid|ring|contract|text|values|local|cluster|health|trace|edit|live|metrics|rights|transform|roles)/|lib/(scan|spark)/plan/|node_modules/)',
      },
    },
    {
      name: 'contract-depends-on-nothing',
      comment: 'What both sides agree on knows neither of them.',
      severity: 'error',
      from: { path: '^lib/contract/', pathNot: TEST },
      to: { path: '^(?!lib/contract/|node_modules/zod/)' },
    },
    {
      name: 'pure-rooms-use-no-runtime',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-rooms-use-no-framework',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: { path: 'node_modules/(next|react|react-dom|cassandra-driver|@tanstack)/' },
    },
    {
      name: 'driver-stays-in-its-room',
      comment:
        'lib/cassandra is the only app code that imports cassandra-driver; a scan names the types of its clients.',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: ['^lib/cassandra/', TEST] },
      to: { path: 'node_modules/cassandra-driver/' },
    },
    {
      name: 'browser-code-stays-off-the-server',
      severity: 'error',
      from: { path: BROWSER, pathNot: TEST },
      to: { path: SERVER },
    },
    {
      name: 'server-code-stays-off-the-browser',
      severity: 'error',
      from: { path: SERVER, pathNot: TEST },
      to: { path: `^app/|${BROWSER}` },
    },
    {
      name: 'http-and-handlers-do-not-meet-the-page',
      severity: 'error',
      from: { path: '^app/api/', pathNot: TEST },
      to: { path: BROWSER },
    },
    {
      name: 'cassandra-serves-the-rooms-above',
      comment: 'lib/http, lib/export → lib/scan → lib/cassandra.',
      severity: 'error',
      from: { path: '^lib/cassandra/', pathNot: TEST },
      to: { path: '^lib/(scan|jobs|export|http)/' },
    },
    {
      name: 'reads-know-no-writes',
      comment: 'A read may be sent again, a write is sent once: they share lib/cassandra/client alone.',
      severity: 'error',
      from: { path: '^lib/(cassandra/(client|read|schema|nodes)|scan|export)/', pathNot: TEST },
      to: { path: '^lib/cassandra/write/' },
    },
    {
      name: 'scan-does-not-know-what-it-is-for',
      severity: 'error',
      from: { path: '^lib/scan/', pathNot: TEST },
      to: { path: '^lib/(jobs|export|http)/' },
    },
    {
      name: 'jobs-do-not-know-what-they-do',
      comment: 'What a job does is a kind, which plugs in: lib/export has one.',
      severity: 'error',
      from: { path: '^lib/jobs/', pathNot: TEST },
      to: { path: '^lib/(scan|export|change-many|compare|copy|http|terminal)/' },
    },
    {
      name: 'export-does-not-know-http',
      severity: 'error',
      from: { path: '^lib/export/', pathNot: TEST },
      to: { path: '^lib/http/' },
    },
    {
      name: 'terminal-stands-beside-http',
      comment: 'Both are ways in: neither knows the other, and nothing else knows the terminal.',
      severity: 'error',
      from: { path: '^lib/terminal/', pathNot: TEST },
      to: { path: '^lib/http/' },
    },
    {
      name: 'nothing-imports-the-terminal',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: ['^lib/terminal/', TEST] },
      to: { path: '^lib/terminal/' },
    },
    {
      name: 'client-does-not-know-components',
      severity: 'error',
      from: { path: '^lib/client/' },
      to: { path: '^(app|components|lib/(reader|browse|workbench))/' },
    },
    {
      name: 'reader-draws-nothing',
      comment: 'lib/reader is the engine of a result: components draw what it holds.',
      severity: 'error',
      from: { path: '^lib/reader/', pathNot: TEST },
      to: { path: '^(app|components|lib/(browse|workbench))/|node_modules/(next|react|react-dom|@tanstack)/' },
    },
    {
      name: 'views-and-statements-draw-nothing',
      comment: 'lib/browse and lib/workbench hold a view of a table and a document of statements as data.',
      severity: 'error',
      from: { path: '^lib/(browse|workbench)/', pathNot: TEST },
      to: { path: '^(app|components)/|node_modules/(next|react|react-dom|@tanstack)/' },
    },
    {
      name: 'browse-and-workbench-do-not-meet',
      severity: 'error',
      from: { path: '^lib/(browse|workbench)/' },
      to: { path: '^lib/(browse|workbench)/', pathNot: '^lib/$1/' },
    },
    {
      name: 'grid-knows-nothing-of-cassandra',
      severity: 'error',
      from: { path: '^components/grid/', pathNot: TEST },
      to: {
        path: `^components/(shell|results|token-ring|${FEATURES})/|^lib/(cql|ring|values|local|cluster|client|reader|browse|workbench)/`,
      },
    },
    {
      name: 'token-ring-serves-features',
      comment: 'components/token-ring is the drawn ring and how nodes look in it, which features share.',
      severity: 'error',
      from: { path: '^components/token-ring/' },
      to: { path: `^components/(grid|results|shell|${FEATURES})/|^lib/(browse|workbench)/` },
    },
    {
      name: 'table-head-serves-features',
      comment: 'components/table-head is the line above each page of a table, which features share.',
      severity: 'error',
      from: { path: '^components/table-head/' },
      to: { path: `^components/(grid|results|token-ring|${FEATURES})/|^lib/(reader|workbench)/` },
    },
    {
      name: 'live-plots-serve-features',
      comment: 'components/live-plots is what moves, drawn over time, which features share.',
      severity: 'error',
      from: { path: '^components/live-plots/' },
      to: { path: `^components/(${FEATURES})/|^lib/(reader|browse|workbench)/` },
    },
    {
      name: 'changes-draw-nothing',
      comment: 'lib/changes holds what waits to be reviewed; components/edit draws it.',
      severity: 'error',
      from: { path: '^lib/changes/', pathNot: TEST },
      to: { path: '^(app|components|lib/(reader|browse|workbench))/|node_modules/(next|react|react-dom|@tanstack)/' },
    },
    {
      name: 'confirm-serves-features',
      comment: 'components/confirm asks before a statement runs, which features share.',
      severity: 'error',
      from: { path: '^components/confirm/' },
      to: { path: `^components/(grid|results|token-ring|shell|${FEATURES})/|^lib/(reader|browse)/` },
    },
    {
      name: 'edit-serves-features',
      comment: 'components/edit is how rows are changed, which features share.',
      severity: 'error',
      from: { path: '^components/edit/' },
      to: { path: `^components/(shell|${FEATURES})/|^lib/(browse|workbench)/` },
    },
    {
      name: 'spark-serves-features',
      comment: 'components/spark is what Spark makes of a request, which exports, copies and loads share.',
      severity: 'error',
      from: { path: '^components/spark/' },
      to: { path: `^components/(grid|results|shell|move|${FEATURES})/|^lib/(reader|browse|workbench)/` },
    },
    {
      name: 'move-serves-features',
      comment: 'components/move is how rows are copied and tables compared, which features share.',
      severity: 'error',
      from: { path: '^components/move/' },
      to: { path: `^components/(shell|${FEATURES})/|^lib/(browse|workbench)/` },
    },
    {
      name: 'steps-serve-features',
      comment: 'components/steps is what is done to a value on its way, which loads and copies share.',
      severity: 'error',
      from: { path: '^components/steps/' },
      to: { path: `^components/(grid|results|shell|move|${FEATURES})/|^lib/(reader|browse|workbench)/` },
    },
    {
      name: 'repeat-serves-features',
      comment: 'components/repeat is how a job becomes a schedule, which features share.',
      severity: 'error',
      from: { path: '^components/repeat/' },
      to: { path: `^components/(grid|results|shell|${FEATURES})/|^lib/(reader|browse|workbench)/` },
    },
    {
      name: 'results-serve-features',
      comment: 'components/results is the grid, fetch bar and inspector that features share.',
      severity: 'error',
      from: { path: '^components/results/' },
      to: { path: `^components/(shell|${FEATURES})/|^lib/(browse|workbench)/` },
    },
    {
      name: 'ui-has-no-domain-words',
      comment: 'lib/text and lib/listeners.ts know nothing of Cassandra.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: `^components/(grid|results|token-ring|shell|${FEATURES})/|^lib/(?!text/|listeners\\.ts$)` },
    },
    {
      name: 'features-do-not-import-each-other',
      severity: 'error',
      from: { path: `^components/(${FEATURES})/` },
      to: { path: `^components/(${FEATURES})/`, pathNot: '^components/$1/' },
    },
    {
      name: 'rooms-do-not-import-components',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^components/' },
    },
    {
      name: 'nothing-imports-app',
      severity: 'error',
      from: { path: '^(components|lib)/' },
      to: { path: '^app/' },
    },
    {
      name: 'embedded-cassandra-has-one-door',
      comment: 'Docker, Java and SSTables are behind embedded/index.mjs.',
      severity: 'error',
      from: { path: '^(app|components|lib|server|scripts|bench|e2e)/', pathNot: TEST },
      to: { path: '^embedded/', pathNot: '^embedded/index\\.mjs$' },
    },
    {
      name: 'web-server-stands-alone',
      comment: 'server/ runs as it is, without a build: nothing of the application is in it, and nothing of it there.',
      severity: 'error',
      from: { path: '^server/', pathNot: TEST },
      to: { path: '^(app|components|lib|scripts|embedded|e2e|bench)/' },
    },
    {
      name: 'nothing-imports-the-web-server',
      severity: 'error',
      from: { path: '^(app|components|lib)/' },
      to: { path: '^server/' },
    },
    {
      name: 'project-code-does-not-need-tests-or-scripts',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: TEST },
      to: { path: '^(e2e|bench|scripts|embedded)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
