/** `node server/healthy.mjs`: ends with 0 if this machine's Ringside lives, for the health check of the image. */
import { once } from 'node:events';
import { get } from 'node:http';
import { get as getByTls } from 'node:https';
import { tlsFilesOf } from './own-tls.mjs';

const port = process.env.PORT || '3000';
const options = { host: '127.0.0.1', port, path: '/healthz', signal: AbortSignal.timeout(4_000) };

try {
  // The certificate is of the name that people open, not of this address.
  const isSecure = tlsFilesOf(process.env) !== null;
  const request = isSecure ? getByTls({ ...options, rejectUnauthorized: false }) : get(options);
  const [response] = await once(request, 'response');
  response.resume();
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
} catch (error) {
  console.error(`Ringside does not answer on port ${port}:`, error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
