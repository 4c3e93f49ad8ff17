import { isIP } from 'node:net';

/**
 * @param {string} host a name or an address
 * @returns {boolean} whether only this machine can reach it
 */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Whether the server may listen there. Without a sign-in everybody who reaches the port reads the clusters, so that
 * only this machine may, unless whoever runs the container decides where its port is published.
 * @param {string} address
 * @param {{ publishedBy: 'container' | null }} settings
 * @returns {{ message: string, hint: string } | null} null when it may
 */
export function refuseBind(address, { publishedBy }) {
  if (isLoopback(address) || publishedBy === 'container') return null;
  return {
    message: `HOST is ${address}: other machines could reach Ringside there, and it has no sign-in yet.`,
    hint: 'Leave HOST out. From another machine, use a tunnel: ssh -L 3000:127.0.0.1:3000 THIS-MACHINE',
  };
}
