/**
 * What a page must load before it can be used: the scripts in its HTML, each compressed with gzip, and their sum.
 * Scripts for browsers without modules (`nomodule`) are left out, since no browser that runs Ringside loads them.
 *
 *   node bench/first-load.mjs http://127.0.0.1:3000 /demo/keyspaces/flights/by_origin_day
 *
 * Run it against a production server (`npm start`): in development nothing is minified.
 */
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 200;
const BYTES_PER_KB = 1_000;

/**
 * URLs of the scripts that a current browser loads for this HTML, each once.
 * @param {string} html
 */
function scriptsOf(html) {
  const tags = html.match(/<script\b[^>]*>/g) ?? [];
  const addresses = tags
    .filter((tag) => !/\bnomodule\b/i.test(tag))
    .map((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&'))
    .filter((address) => address !== undefined);
  return [...new Set(addresses)];
}

/** @param {URL} url */
async function textAt(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

/** @param {URL} page */
async function measure(page) {
  const addresses = scriptsOf(await textAt(page));
  if (addresses.length === 0) throw new Error(`${page} names no scripts`);
  const sizes = addresses.map(async (address) => {
    const text = await textAt(new URL(address, page));
    return { address, bytes: gzipSync(text, { level: 9 }).length };
  });
  return (await Promise.all(sizes)).sort((a, b) => b.bytes - a.bytes);
}

const kB = (/** @type {number} */ bytes) => (bytes / BYTES_PER_KB).toFixed(1).padStart(7);

const [base = 'http://127.0.0.1:3000', path = '/demo/keyspaces/flights/by_origin_day'] = process.argv.slice(2);
const scripts = await measure(new URL(path, base));
for (const { address, bytes } of scripts) console.log(`${kB(bytes)} kB  ${address}`);
const sum = scripts.reduce((total, { bytes }) => total + bytes, 0);
console.log(`${kB(sum)} kB  of at most ${LIMIT_KB} kB, ${scripts.length} scripts, gzip`);
if (sum > LIMIT_KB * BYTES_PER_KB) process.exitCode = 1;
