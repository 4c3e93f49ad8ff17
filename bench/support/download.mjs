/**
 * `node bench/support/download.mjs URL FILE REQUEST [BYTES_PER_SECOND] [STALL_SECONDS]`: takes an export as a browser
 * would, at any pace, and prints bytes and seconds as JSON. Ends with 1 when the answer was cut off.
 */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const [url = '', file = '', request = '{}', rate = '0', stall = '0'] = process.argv.slice(2);
const [bytesPerSecond, stallMs] = [Number(rate), Number(stall) * 1_000];
const startedAt = performance.now();
const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: new URL(url).origin },
  body: request,
});
if (!response.ok || response.body === null) throw new Error(await response.text());
let bytes = 0;
let stalled = stallMs === 0;
const pace = new Transform({
  transform(chunk, _, done) {
    bytes += chunk.length;
    let waitMs = bytesPerSecond === 0 ? 0 : (bytes / bytesPerSecond) * 1_000 - (performance.now() - startedAt);
    // Once the transfer is well under way.
    if (!stalled && bytes > 1_000_000) [stalled, waitMs] = [true, stallMs];
    if (waitMs <= 0) done(null, chunk);
    else setTimeout(done, waitMs, null, chunk);
  },
});
await pipeline(
  Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body)),
  pace,
  createWriteStream(file),
);
process.stdout.write(`${JSON.stringify({ bytes, seconds: (performance.now() - startedAt) / 1_000 })}\n`);
