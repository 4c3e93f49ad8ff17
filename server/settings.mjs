import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';

/**
 * The web server's own settings from the environment; lib/config reads those of the clusters.
 *
 * @typedef {object} Settings
 * @property {string} host
 * @property {number} port
 * @property {readonly string[]} allowedHosts in lower case
 * @property {BlockList} trustedProxies
 * @property {boolean} hasProxies whether there is any
 * @property {'container' | null} publishedBy who decides where the port can be reached from, if not this server
 * @property {string | null} metricsToken for /metrics; null: it is off
 * @property {number | null} metricsPort a port of 127.0.0.1 with the metrics; null: there is none
 * @property {'text' | 'json'} log the form of log lines
 * @property {number} stopMs how long work may take to stop
 */

/** `npm start` ends its web server after 4.5 s (scripts/support/web.mjs). */
const DEFAULT_STOP_SECONDS = '4';

/** Long enough that nobody guesses it. */
const LEAST_TOKEN = 16;
const TOKEN = new RegExp(`^\\S{${LEAST_TOKEN},512}$`);

/** A variable with an invalid value. */
export class SettingsError extends Error {
  /** @override */
  name = 'SettingsError';
}

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Settings}
 * @throws {SettingsError} naming the variable
 */
export function readSettings(env) {
  const publishedBy = env.RINGSIDE_PUBLISHED_BY || null;
  if (publishedBy !== null && publishedBy !== 'container') {
    throw new SettingsError(`RINGSIDE_PUBLISHED_BY is "${publishedBy}": set it to "container" or unset it.`);
  }
  return {
    host: env.HOST || '127.0.0.1',
    port: portOf('PORT', env.PORT || '3000'),
    allowedHosts: listOf(env.RINGSIDE_ALLOWED_HOSTS).map((host) => host.toLowerCase()),
    trustedProxies: proxiesOf(listOf(env.RINGSIDE_TRUSTED_PROXIES)),
    hasProxies: listOf(env.RINGSIDE_TRUSTED_PROXIES).length > 0,
    publishedBy,
    metricsToken: metricsTokenOf(env),
    metricsPort: env.RINGSIDE_METRICS_PORT ? portOf('RINGSIDE_METRICS_PORT', env.RINGSIDE_METRICS_PORT) : null,
    log: logOf(env.RINGSIDE_LOG || 'text'),
    stopMs: stopMsOf(env.RINGSIDE_STOP_SECONDS || DEFAULT_STOP_SECONDS),
  };
}

/** @param {string} name @param {string} text */
function portOf(name, text) {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new SettingsError(`${name} is "${text}", which is not a port.`);
}

/** @param {string} form */
function logOf(form) {
  if (form === 'text' || form === 'json') return form;
  throw new SettingsError(`RINGSIDE_LOG is "${form}": set it to "text" or "json".`);
}

/** @param {string} text */
function stopMsOf(text) {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (seconds >= 1 && seconds <= 600) return seconds * 1_000;
  throw new SettingsError(`RINGSIDE_STOP_SECONDS is "${text}": set it to a number from 1 to 600.`);
}

/**
 * The token is in a file or a variable; the file wins, so that an orchestrator's secret does.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null}
 */
function metricsTokenOf(env) {
  const file = env.RINGSIDE_METRICS_TOKEN_FILE;
  const name = file ? 'RINGSIDE_METRICS_TOKEN_FILE' : 'RINGSIDE_METRICS_TOKEN';
  const token = file ? readToken(file) : env.RINGSIDE_METRICS_TOKEN || null;
  if (token === null || TOKEN.test(token)) return token;
  throw new SettingsError(`${name}: a token has ${LEAST_TOKEN} to 512 characters and no spaces.`);
}

/** @param {string} path */
function readToken(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new SettingsError(`RINGSIDE_METRICS_TOKEN_FILE cannot be read: ${reason}`, { cause });
  }
}

/**
 * Whether the configuration names a sign-in, so that what may be listened on is decided once the application has read it.
 * Whatever else is wrong with the configuration, the application says it.
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function namesSignIn({ RINGSIDE_CLUSTERS, RINGSIDE_CONFIG = 'ringside.config.json' }) {
  try {
    return JSON.parse(RINGSIDE_CLUSTERS ?? readFileSync(RINGSIDE_CONFIG, 'utf8')).signIn !== undefined;
  } catch {
    return false;
  }
}

/**
 * @param {Settings} settings
 * @param {string | undefined} peer the address at the other end of a connection
 * @returns {boolean} whether it is a trusted proxy
 */
export function isTrustedProxy({ trustedProxies }, peer) {
  // A socket that listens on :: reports IPv4 peers like this.
  const address = peer?.replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  const family = isIP(address);
  return family !== 0 && trustedProxies.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Where a request comes from: the peer, or what trusted proxies say. Each proxy adds its peer at the end, so the last
 * address that is no trusted proxy is the only one that a client cannot make up.
 * @param {Settings} settings
 * @param {string | undefined} peer
 * @param {string | string[] | undefined} forwarded X-Forwarded-For
 * @returns {string}
 */
export function clientAddress(settings, peer, forwarded) {
  const addresses = [...listOf(String(forwarded ?? '')), peer ?? ''];
  const client = addresses.findLast((address) => !isTrustedProxy(settings, address));
  const found = client ?? addresses[0] ?? '';
  return isIP(found.replace(/^::ffff:(?=\d+\.)/, '')) === 0 ? (peer ?? '') : found.replace(/^::ffff:(?=\d+\.)/, '');
}

/** @param {string | undefined} text */
function listOf(text = '') {
  return text.split(',').flatMap((part) => part.trim() || []);
}

/** @param {readonly string[]} places addresses, or networks as `10.0.0.0/8` */
function proxiesOf(places) {
  const list = new BlockList();
  for (const place of places) {
    const [address = '', prefix, ...rest] = place.split('/');
    const family = isIP(address);
    const bits = family === 6 ? 128 : 32;
    const length = prefix === undefined ? bits : Number(/^\d{1,3}$/.test(prefix) ? prefix : Number.NaN);
    if (family === 0 || rest.length > 0 || !(length <= bits)) {
      throw new SettingsError(
        `RINGSIDE_TRUSTED_PROXIES: "${place}" is neither an address nor a network such as 10.0.0.0/8.`,
      );
    }
    list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
