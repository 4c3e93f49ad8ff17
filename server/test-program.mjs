/**
 * For tests: the real server in a process. With `patient` its work ends when the request to end arrives, and so does the
 * response; otherwise both go on for ever.
 */
import { once } from 'node:events';
import { createWebServer } from './http-server.mjs';
import { readSettings } from './settings.mjs';
import { endsProcess, endsWhenUncaught, Life } from './shutdown.mjs';

const isPatient = process.argv.includes('patient');
const life = new Life();
/** @type {(() => void)[]} */
const lastLines = [];

const server = createWebServer(readSettings({}), false, {
  life,
  handle: (request, response) => {
    if (request.url === '/throw') setImmediate(() => nobodyCatches());
    else response.write('first');
    lastLines.push(() => response.end('last'));
  },
});

function endWork() {
  if (!isPatient) return new Promise(() => {});
  console.log('ending');
  // In its own time: who asks meanwhile is refused.
  process.once('SIGUSR2', () => lastLines.forEach((send) => void send()));
  return Promise.resolve();
}

Object.assign(globalThis, { [Symbol.for('ringside.end')]: endWork });
endsProcess(server, { life, stopMs: isPatient ? 60_000 : 500 });
// As the framework does.
process.on('uncaughtException', () => {});
endsWhenUncaught();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' ? address?.port : '');

function nobodyCatches() {
  throw new Error('nobody catches this');
}
