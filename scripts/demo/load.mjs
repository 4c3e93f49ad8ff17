#!/usr/bin/env node
import { connect } from './connect.mjs';
import { DemoError, parseOptions, USAGE } from './options.mjs';
import { drop, load } from './run.mjs';
import { StatusReporter } from './status.mjs';
import { summary } from './summary.mjs';

/** Exit codes: 0 done, 1 failed, 130 interrupted. */
async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') return void console.log(USAGE);
  const reporter = new StatusReporter(options.statusFile, process.stderr);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new DemoError('interrupted; the next run completes it'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const connection = await connect(options);
    try {
      if (options.drop) await runDrop(connection, options);
      else await runLoad(connection, options, reporter, interruption.signal);
    } finally {
      await connection.client.shutdown();
    }
  } catch (error) {
    if (!options.drop) reporter.milestone(ended('failed', messageOf(error)));
    throw error;
  } finally {
    process.exitCode = interruption.signal.aborted ? 130 : process.exitCode;
  }
}

/**
 * @param {import('./connect.mjs').Connection} connection
 * @param {import('./options.mjs').Options} options
 */
async function runDrop(connection, options) {
  const dropped = await drop(connection, options);
  console.log(dropped.length === 0 ? 'no demo data found' : `removed ${dropped.join(', ')}`);
}

/**
 * @param {import('./connect.mjs').Connection} connection
 * @param {import('./options.mjs').Options} options
 * @param {StatusReporter} reporter
 * @param {AbortSignal} signal
 */
async function runLoad(connection, options, reporter, signal) {
  const started = performance.now();
  const { loaded, notes } = await load(connection, options, reporter, signal);
  for (const note of notes) console.log(note);
  const rows = loaded.reduce((sum, table) => sum + table.rows, 0);
  const seconds = (performance.now() - started) / 1_000;
  if (loaded.length > 0) console.log(summary(loaded, seconds));
  const message = loaded.length === 0 ? 'already there' : `loaded and read back in ${seconds.toFixed(1)} s`;
  reporter.milestone({ ...ended('done', message), rows, total: rows, rowsPerSecond: Math.round(rows / seconds) });
}

/**
 * @param {'done' | 'failed'} state
 * @param {string} message
 * @returns {import('./status.mjs').Status}
 */
function ended(state, message) {
  return {
    state,
    keyspace: null,
    table: null,
    rows: 0,
    total: 0,
    rowsPerSecond: 0,
    tablesDone: 0,
    tablesTotal: 0,
    message,
  };
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

try {
  await main();
} catch (error) {
  // A DemoError says all the user needs; anything else is a bug, so keep its stack.
  console.error(error instanceof DemoError ? error.message : error);
  process.exitCode ||= 1;
}
