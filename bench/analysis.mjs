// The analysis of the statement at the cursor for each key, in a script of 5,000 lines, in Node alone:
// `node bench/analysis.mjs [keys]`. Prints the median and the slowest in milliseconds. bench/typing.mjs has the page's time.
import { bundled } from './support/bundle.mjs';

const LINES = 5_000;
const keys = Number(process.argv[2] ?? 200);

const { statementAt, runnableAt, classifyOnce, schemaLookup, analysisKeyspace } = await bundled([
  'lib/cql/splitter.ts',
  'lib/workbench/runnable.ts',
  'lib/cql/classify-once.ts',
  'lib/cql/schema-lookup.ts',
  'lib/cql/test-analysis.ts',
]);
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
  classifyOnce(place.text, { keyspace: 'ks', schema });
  return performance.now() - started;
}

const times = Array.from({ length: keys }, (_, key) => press(key))
  .slice(keys / 10)
  .sort((a, b) => a - b);
const ms = (/** @type {number | undefined} */ value) => `${(value ?? 0).toFixed(2)} ms`;
console.log(
  `${LINES} lines, ${text.length} characters: median ${ms(times[times.length >> 1])}, slowest ${ms(times.at(-1))}`,
);
