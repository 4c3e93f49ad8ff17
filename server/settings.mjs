import { BlockList, isIP } from 'node:net';

/**
 * The web server's own settings from the environment; lib/config reads those of the clusters.
 *
 * @typedef {object} Settings
 * @property {string} host
 * @property {number} port
 * @property {readonly string[]} allowedHosts in lower case
 * @property {BlockList} trustedProxies
 * @property {'container' | null} publishedBy who decides where the port can be reached from, if not this server
 */

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
  const port = env.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new SettingsError(`PORT is "${port}", which is not a port.`);
  const publishedBy = env.RINGSIDE_PUBLISHED_BY || null;
  if (publishedBy !== null && publishedBy !== 'container') {
    throw new SettingsError(`RINGSIDE_PUBLISHED_BY is "${publishedBy}": set it to "container" or unset it.`);
  }
  return {
    host: env.HOST || '127.0.0.1',
    port: Number(port),
    allowedHosts: listOf(env.RINGSIDE_ALLOWED_HOSTS).map((host) => host.toLowerCase()),
    trustedProxies: proxiesOf(listOf(env.RINGSIDE_TRUSTED_PROXIES)),
    publishedBy,
  };
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
