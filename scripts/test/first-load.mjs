/**
 * What a page loads before it can be used, from what `next build` writes down: no browser and no server is needed.
 * `npm run bench:first-load` prints it; `npm test` holds it to first-load-budgets.mjs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { ROOT } from '../support/paths.mjs';
import { Problem } from '../support/problem.mjs';
import { say } from '../support/progress.mjs';
import { FIRST_LOAD_BUDGETS } from './first-load-budgets.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/**
 * The parts of a first load in kB. Chunks have another name in every build: who shares them is what stays.
 * @typedef {{ framework: number, everyPage: number, somePages: number, thisPage: number }} Parts
 */
/** @typedef {{ path: string, bytes: number, part: keyof Parts }} Chunk */
/** @typedef {{ route: string, chunks: readonly Chunk[] }} FirstLoad */
/** @typedef {{ mostKb: number, parts: Parts }} Budget */

const BYTES_PER_KB = 1_000;
/** Smaller differences come with every change of a name. */
const GROWN_KB = 0.1;
const PART_NAMES = { framework: 'framework', everyPage: 'every page', somePages: 'some pages', thisPage: 'this page' };

/** For each page the chunks that its HTML names as scripts. */
const routesSchema = z.array(z.object({ route: z.string(), firstLoadChunkPaths: z.array(z.string()) }));
const buildManifestSchema = z.object({ rootMainFiles: z.array(z.string()) });

/**
 * @returns {FirstLoad[]} of each page of the present build
 * @throws {Problem} when there is no build
 */
export function firstLoads() {
  const routes = routesSchema.parse(readBuilt(join('diagnostics', 'route-bundle-stats.json')));
  const framework = new Set(buildManifestSchema.parse(readBuilt('build-manifest.json')).rootMainFiles.map(nameOf));
  const bytesOf = new Map(
    [...new Set(routes.flatMap(({ firstLoadChunkPaths }) => firstLoadChunkPaths))].map((path) => [
      path,
      gzipSync(readFileSync(join(ROOT, path)), { level: 9 }).length,
    ]),
  );
  return routes.map(({ route, firstLoadChunkPaths }) => ({
    route,
    chunks: firstLoadChunkPaths.map((path) => ({
      path: nameOf(path),
      bytes: bytesOf.get(path) ?? 0,
      part: partOf(path, framework, routes),
    })),
  }));
}

/**
 * @param {string} path
 * @param {ReadonlySet<string>} framework names of its chunks
 * @param {readonly { firstLoadChunkPaths: readonly string[] }[]} routes
 * @returns {keyof Parts}
 */
function partOf(path, framework, routes) {
  if (framework.has(nameOf(path))) return 'framework';
  const sharedBy = routes.filter(({ firstLoadChunkPaths }) => firstLoadChunkPaths.includes(path)).length;
  if (sharedBy === routes.length) return 'everyPage';
  return sharedBy === 1 ? 'thisPage' : 'somePages';
}

/** @param {string} path @returns {unknown} what the build wrote at that path */
function readBuilt(path) {
  const full = join(ROOT, '.next', path);
  if (!existsSync(full)) throw new Problem(`The build has no ${path}.`, 'Build first: npm run build');
  return JSON.parse(readFileSync(full, 'utf8'));
}

/** @param {string} path */
function nameOf(path) {
  return basename(path);
}

/**
 * @param {FirstLoad} load
 * @returns {Parts}
 */
export function partsOf({ chunks }) {
  const kbOf = (/** @type {keyof Parts} */ wanted) =>
    chunks.filter(({ part }) => part === wanted).reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_KB;
  return {
    framework: kbOf('framework'),
    everyPage: kbOf('everyPage'),
    somePages: kbOf('somePages'),
    thisPage: kbOf('thisPage'),
  };
}

/**
 * What is wrong with the pages' first loads: one text for each page that is too large, has no budget, or is gone.
 * @param {readonly FirstLoad[]} loads
 * @param {Readonly<Record<string, Budget>>} budgets
 * @returns {string[]}
 */
export function firstLoadFaults(loads, budgets) {
  const gone = Object.keys(budgets).filter((route) => loads.every((load) => load.route !== route));
  return [
    ...loads.flatMap((load) => faultOf(load, budgets[load.route])),
    ...gone.map((route) => `${route} has a budget, but there is no such page: remove it from first-load-budgets.mjs.`),
  ];
}

/**
 * @param {FirstLoad} load
 * @param {Budget | undefined} budget
 * @returns {string[]}
 */
function faultOf(load, budget) {
  const parts = partsOf(load);
  const sumKb = Object.values(parts).reduce((sum, kb) => sum + kb, 0);
  if (budget === undefined)
    return [`${load.route} loads ${text(sumKb)} and has no budget: add one to first-load-budgets.mjs.`];
  if (sumKb <= budget.mostKb) return [];
  const names = /** @type {const} */ (['framework', 'everyPage', 'somePages', 'thisPage']);
  const grown = names.filter((name) => parts[name] > budget.parts[name] + GROWN_KB);
  return [
    [
      `${load.route} loads ${text(sumKb)} before it can be used, ${text(sumKb - budget.mostKb)} over its budget of ${budget.mostKb} kB.`,
      ...grown.map((name) => {
        const chunks = load.chunks.filter(({ part }) => part === name).map(chunkText);
        return `  Code of ${PART_NAMES[name]} grew from ${text(budget.parts[name])} to ${text(parts[name])}: ${chunks.join(', ')}`;
      }),
      '  Load what the first view does not need later (import() or laterModule), or need less.',
    ].join('\n'),
  ];
}

/** @param {number} kb */
const text = (kb) => `${kb.toFixed(1)} kB`;

/** @param {Chunk} chunk */
const chunkText = ({ path, bytes }) => `${path} ${text(bytes / BYTES_PER_KB)}`;

/**
 * The step of `npm test`: a page within its budget is a passed test.
 * @returns {Tally}
 */
export function checkFirstLoads() {
  const loads = firstLoads();
  const faults = firstLoadFaults(loads, FIRST_LOAD_BUDGETS);
  for (const load of loads) say(lineOf(load));
  for (const fault of faults) say(`✗ ${fault}`);
  return { passed: Math.max(0, loads.length - faults.length), failed: faults.length, skipped: 0 };
}

/** @param {FirstLoad} load */
function lineOf(load) {
  const parts = partsOf(load);
  const sumKb = Object.values(parts).reduce((sum, kb) => sum + kb, 0);
  const { framework, everyPage, somePages, thisPage } = parts;
  const most = FIRST_LOAD_BUDGETS[load.route]?.mostKb;
  return [
    `${text(sumKb).padStart(9)} of ${most ?? '–'} kB  ${load.route}`,
    `  framework ${text(framework)}, every page ${text(everyPage)}, some pages ${text(somePages)}, this page ${text(thisPage)}`,
  ].join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const wanted = process.argv[2];
  const { failed } = checkFirstLoads();
  for (const { route, chunks } of firstLoads()) {
    if (route === wanted) for (const chunk of chunks) say(`  ${chunkText(chunk)} (${PART_NAMES[chunk.part]})`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
}
