import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { SettingsError } from './settings.mjs';

/**
 * TLS of this server, from files that are read again when they change.
 *
 * @typedef {object} TlsFiles paths of PEM files
 * @property {string} cert the certificate, with its intermediates or without
 * @property {string} key
 * @property {string} [ca] intermediate certificates that are not in the file of the certificate
 *
 * @typedef {object} Pair
 * @property {string} cert the certificate and its intermediates
 * @property {string} key
 * @property {Date} goodUntil
 */

/** Files are read this often: they are small, and a mounted secret is a link that no watcher of files sees move. */
const LOOK_EVERY_MS = 5_000;

/**
 * The files that `tls` of the configuration names; null: it has none. Whatever else is wrong with the configuration, the
 * application says it.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {TlsFiles | null}
 * @throws {SettingsError} naming the key
 */
export function tlsFilesOf({ RINGSIDE_CLUSTERS, RINGSIDE_CONFIG = 'ringside.config.json' }) {
  const tls = tlsIn(() => JSON.parse(RINGSIDE_CLUSTERS ?? readFileSync(RINGSIDE_CONFIG, 'utf8')));
  if (tls === undefined) return null;
  /** @type {{ cert?: unknown, key?: unknown, ca?: unknown }} */
  const { cert, key, ca } = typeof tls === 'object' && tls !== null ? tls : {};
  if (typeof cert !== 'string' || typeof key !== 'string' || !(ca === undefined || typeof ca === 'string')) {
    throw new SettingsError('tls in the configuration needs cert and key, each the path of a PEM file.');
  }
  const files = { cert: resolve(cert), key: resolve(key) };
  return ca === undefined ? files : { ...files, ca: resolve(ca) };
}

/** @param {() => unknown} read */
function tlsIn(read) {
  try {
    const value = read();
    return typeof value === 'object' && value !== null && 'tls' in value ? value.tls : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {TlsFiles} files
 * @returns {Pair}
 * @throws {SettingsError} naming the file, and why it cannot be used
 */
export function readPair({ cert: certificate, key, ca }) {
  const cert = [certificate, ...(ca === undefined ? [] : [ca])].map((path) => read(path)).join('\n');
  const pair = { cert, key: read(key) };
  try {
    createSecureContext(pair);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(`TLS: ${certificate} and ${key} cannot be used together: ${reason}`, { cause });
  }
  const goodUntil = new Date(new X509Certificate(cert).validTo);
  if (goodUntil.getTime() <= Date.now()) {
    throw new SettingsError(`TLS: the certificate in ${certificate} expired on ${goodUntil.toISOString()}.`);
  }
  return { ...pair, goodUntil };
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(`TLS: ${path} cannot be read: ${reason}`, { cause });
  }
}

/**
 * Gives a server the new pair once the files have changed; a pair that cannot be used is named in the log, once, and the old
 * one stays. Connections that are open keep theirs.
 * @param {import('node:https').Server} server
 * @param {{ files: TlsFiles, pair: Pair, everyMs?: number }} own the pair is the one in use
 * @returns {() => void} ends it
 */
export function reloadPair(server, { files, pair, everyMs = LOOK_EVERY_MS }) {
  let known = markOf(pair);
  const look = () => {
    const found = readOrReason(files);
    const mark = markOf(found);
    if (mark === known) return;
    known = mark;
    if (typeof found === 'string') return console.error(`${found} The certificate from before is still used.`);
    server.setSecureContext(secureOptions(found));
    console.log(`TLS: the new certificate in ${files.cert} is used, good until ${found.goodUntil.toISOString()}.`);
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** @param {TlsFiles} files */
function readOrReason(files) {
  try {
    return readPair(files);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {Pair | string} found */
function markOf(found) {
  return typeof found === 'string' ? found : `${found.cert}\n${found.key}`;
}

/**
 * What a server of this pair speaks.
 * @param {Pair} pair
 * @returns {import('node:tls').SecureContextOptions}
 */
export function secureOptions({ cert, key }) {
  return { cert, key, minVersion: 'TLSv1.2' };
}
