/** For tests: the real server in a process, with a response that never ends, and work that ignores the request to end. */
import { once } from 'node:events';
import { createWebServer } from './http-server.mjs';
import { readSettings } from './settings.mjs';
import { endsProcess, endsWhenUncaught } from './shutdown.mjs';

const server = createWebServer(readSettings({}), false, {
  handle: (request, response) => {
    if (request.url === '/throw') setImmediate(() => nobodyCatches());
    else response.write('first');
  },
});
Object.assign(globalThis, { [Symbol.for('ringside.end')]: () => new Promise(() => {}) });
endsProcess(server);
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
