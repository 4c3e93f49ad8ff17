/**
 * `node bench/support/download.mjs URL FILE REQUEST [BYTES_PER_SECOND] [STALL_SECONDS]`: downloads an export as a browser
 * would, at any pace, and prints bytes and seconds as JSON. Exits with 1 if the response was cut off.
 */
import { createWriteStream } from 'node:fs';
import { request as open } from 'node:http';
import { Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const [url = '', file = '', request = '{}', rate = '0', stall = '0'] = process.argv.slice(2);
const [bytesPerSecond, stallMs] = [Number(rate), Number(stall) * 1_000];
const startedAt = performance.now();
const asked = open(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: new URL(url).origin },
});
/** @type {import('node:http').IncomingMessage} */
const response = await new Promise((resolve, reject) => {
  asked.once('response', resolve).once('error', reject).end(request);
});
if (response.statusCode !== 200) throw new Error(await text(response));
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
await pipeline(response, pace, createWriteStream(file));
process.stdout.write(`${JSON.stringify({ bytes, seconds: (performance.now() - startedAt) / 1_000 })}\n`);
