// The page's time from a key press to the analysis of the statement at the cursor, in a script of 5,000 lines:
// `node bench/analysis.mjs [keys]`. Prints the median and the slowest in milliseconds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const LINES = 5_000;
const keys = Number(process.argv[2] ?? 200);

/** Bundles what the page runs at a key press, as its build does. */
async function load() {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-bench-'));
  try {
    const entry = {
      splitter: 'lib/cql/splitter.ts',
      runnable: 'lib/workbench/runnable.ts',
      classifier: 'lib/cql/classifier.ts',
      lookup: 'lib/cql/schema-lookup.ts',
      fixture: 'lib/cql/test-analysis.ts',
    };
    await build({
      root,
      logLevel: 'warn',
      configFile: false,
      resolve: { alias: { '@': root } },
      build: {
        outDir: folder,
        minify: false,
        target: 'node20',
        lib: { entry, formats: ['es'], fileName: '[name]' },
        rollupOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' } },
      },
    });
    const names = Object.keys(entry).map((name) => import(pathToFileURL(path.join(folder, `${name}.mjs`)).href));
    return Object.assign({}, ...(await Promise.all(names)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const { statementAt, runnableAt, classify, schemaLookup, analysisKeyspace } = await load();
const schema = schemaLookup([analysisKeyspace('ks')]);
const line = (/** @type {number} */ at) =>
  `INSERT INTO t (a, b, c, d, v) VALUES (${at}, 1, 1, 1, ${at}); -- row ${at}; of the script\n`;
let text = Array.from({ length: LINES }, (_, at) => line(at)).join('');
const middle = text.indexOf(line(LINES / 2));

/** One key: the statement at the cursor is found, checked and analysed. */
function press(/** @type {number} */ key) {
  const at = middle + 'INSERT INTO t (a, b, c, d, v) VALUES ('.length + key;
  text = `${text.slice(0, at)}1${text.slice(at)}`;
  const started = performance.now();
  const statement = statementAt(text, at + 1);
  const focus = { selection: { from: at + 1, to: at + 1 }, statement };
  const { place } = runnableAt(text, focus, true);
  classify(place.text, { keyspace: 'ks', schema });
  return performance.now() - started;
}

const times = Array.from({ length: keys }, (_, key) => press(key))
  .slice(keys / 10)
  .sort((a, b) => a - b);
const ms = (/** @type {number | undefined} */ value) => `${(value ?? 0).toFixed(2)} ms`;
console.log(
  `${LINES} lines, ${text.length} characters: median ${ms(times[times.length >> 1])}, slowest ${ms(times.at(-1))}`,
);
