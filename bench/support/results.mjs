import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { ROOT, STATE_DIRECTORY } from '../../scripts/support/paths.mjs';

/** Benchmark results: kept per part, so that one part can be repeated alone, and written out as one page. */

const DIRECTORY = join(STATE_DIRECTORY, 'bench', 'results');
const PAGE = join(ROOT, 'docs', 'benchmarks.md');

/**
 * @typedef {object} Part
 * @property {number} order on the page
 * @property {string} title
 * @property {string} about how it was measured: Markdown
 * @property {readonly string[]} columns
 * @property {readonly (readonly string[])[]} rows
 */

/** @param {string} name @param {Part} part */
export function keepPart(name, part) {
  mkdirSync(DIRECTORY, { recursive: true });
  writeFileSync(
    join(DIRECTORY, `${name}.json`),
    `${JSON.stringify({ ...part, measured: new Date().toISOString() }, null, 2)}\n`,
  );
  process.stdout.write(`\n${part.title}\n${tableText(part)}\n`);
}

/** @param {Part} part @returns {string} for a terminal */
function tableText({ columns, rows }) {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** Writes docs/benchmarks.md from all measured parts. @param {string} cassandra its release */
export function writePage(cassandra) {
  const parts = readdirSync(DIRECTORY)
    .filter((name) => name.endsWith('.json'))
    .map((name) => /** @type {Part & { measured: string }} */ (JSON.parse(readFileSync(join(DIRECTORY, name), 'utf8'))))
    .sort((a, b) => a.order - b.order);
  const sections = parts.map(({ title, about, columns, rows, measured }) =>
    [
      `## ${title}`,
      `${about} Measured ${measured.slice(0, 10)}.`,
      [columns, columns.map(() => '---'), ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n'),
    ].join('\n\n'),
  );
  const before = readFileSync(PAGE, 'utf8');
  // Everything after this mark is written by people.
  const mark = '<!-- written by hand from here -->';
  const byHand = before.includes(mark) ? before.slice(before.indexOf(mark)) : `${mark}\n`;
  const head = `# Benchmarks\n\n\`npm run bench\` repeats all of this and writes this page. ${machine(cassandra)}`;
  writeFileSync(PAGE, `${[head, ...sections, byHand].join('\n\n')}`);
  process.stdout.write('\ndocs/benchmarks.md is written\n');
}

/** @param {string} cassandra */
function machine(cassandra) {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `The machine: ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${gigabytes} GB, ${platform()} ${release().split('-')[0]}, shared by Cassandra, Ringside and the client that reads; Cassandra ${cassandra}, Node ${process.version.slice(1)}, ${javaVersion()}.`;
}

function javaVersion() {
  try {
    const text = execFileSync('java', ['--version'], { encoding: 'utf8' });
    return `Java ${/\d+[.\d]*/.exec(text)?.[0] ?? ''}`;
  } catch {
    // Java was downloaded for the server only, or runs in a container.
    return "the server's Java";
  }
}

/** @param {number} rounds */
export const roundsText = (rounds) => (rounds === 1 ? 'One round' : `${rounds} rounds, interleaved, medians`);

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
/** @param {number} count */
export const thousands = (count) => Math.round(count).toLocaleString('en');
