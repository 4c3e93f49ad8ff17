/**
 * Ringside's web server as a program: `node server/main.mjs` serves the output of `next build`; with `--dev` it serves the
 * sources and reloads on change. `npm start`, `npm run dev`, the tests and the image all start it.
 */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { isLoopback, NO_SIGN_IN, refuseBind } from './bind.mjs';
import { createWebServer, failed } from './http-server.mjs';
import { installLog } from './log.mjs';
import { readPair, tlsFilesOf } from './own-tls.mjs';
import { createMetricsServer } from './probes.mjs';
import { namesSignIn, readSettings, SettingsError } from './settings.mjs';
import { endsProcess, endsWhenUncaught, Life } from './shutdown.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const isDevelopment = process.argv.includes('--dev');

/**
 * @param {string} text
 * @returns {never}
 */
function give(text) {
  console.error(`Ringside cannot start:\n${text}`);
  process.exit(1);
}

/** @param {ReturnType<typeof refuseBind>} refusal */
function endIf(refusal) {
  if (refusal !== null) give(`${refusal.message}\n${refusal.hint}`);
}

function settingsOf() {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (error instanceof SettingsError) return give(error.message);
    throw error;
  }
}

/** The pair of this server's own TLS; null: it speaks plain HTTP. */
function tlsOf() {
  try {
    const files = tlsFilesOf(process.env);
    return files === null ? null : { files, pair: readPair(files) };
  } catch (error) {
    if (error instanceof SettingsError) return give(error.message);
    throw error;
  }
}

const settings = settingsOf();
installLog(settings.log);
const tls = tlsOf();
const bindFacts = { ...settings, hasTls: tls !== null };
// Check the address, not the name: a name can resolve to anything.
const { address } = await lookup(settings.host).catch((error) => give(`HOST is ${settings.host}: ${error.message}`));
if (!namesSignIn(process.env)) endIf(refuseBind(address, bindFacts, NO_SIGN_IN));

// React and the framework choose their builds by it at load time.
Object.assign(process.env, { NODE_ENV: isDevelopment ? 'development' : 'production' });
const { default: next } = await import('next');
// The framework attaches an upgrade listener to the server it is given, so give it one that never listens.
const upgrades = createServer();
const app = next({
  dev: isDevelopment,
  dir: ROOT,
  hostname: isLoopback(address) ? settings.host : 'localhost',
  port: settings.port,
  httpServer: upgrades,
});
/**
 * Who may enter: the application (lib/start-server.ts), which reads the configuration, says it soon after it is prepared, or
 * ends the process. @type {Promise<import('../lib/sign-in/web-gate').WebGate>}
 */
const saidByApplication = new Promise((resolve) =>
  Object.assign(globalThis, { [Symbol.for('ringside.gate')]: resolve }),
);
await app.prepare();
const handle = app.getRequestHandler();

const gate = await saidByApplication;
endIf(refuseBind(address, bindFacts, gate));

const life = new Life();
const server = createWebServer(settings, isDevelopment, {
  life,
  gate,
  tls,
  handle: (request, response) => void handle(request, response).catch((error) => failed(error, response)),
  ...(isDevelopment
    ? { upgrade: (request, socket, head) => void upgrades.emit('upgrade', request, socket, head) }
    : {}),
});

if (!isDevelopment) endsWhenUncaught();
endsProcess(server, { life, stopMs: settings.stopMs });

/**
 * @param {import('node:http').Server} at
 * @param {number} port
 * @param {string} on its address
 */
async function listen(at, port, on) {
  at.listen(port, on);
  await once(at, 'listening').catch((error) => give(`It cannot listen on ${on}:${port}: ${error.message}`));
}

if (settings.metricsPort !== null) {
  await listen(createMetricsServer(), settings.metricsPort, '127.0.0.1');
  console.log(`Metrics are at http://127.0.0.1:${settings.metricsPort}/metrics`);
}
await listen(server, settings.port, address);
console.log(`Ringside listens on ${address}:${settings.port}${tls === null ? '' : ' with TLS'}`);
