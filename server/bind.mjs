import { isIP } from 'node:net';

/**
 * @param {string} host a name or an address
 * @returns {boolean} whether only this machine can reach it
 */
export function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Whether the server may listen there. Without a sign-in, anyone who reaches the port can read the clusters, so only this
 * machine may reach it, unless whoever runs the container decides where its port is published.
 * @param {string} address
 * @param {{ publishedBy: 'container' | null }} settings
 * @returns {{ message: string, hint: string } | null} null if it may
 */
export function refuseBind(address, { publishedBy }) {
  if (isLoopback(address) || publishedBy === 'container') return null;
  return {
    message: `HOST is ${address}, where other machines could reach Ringside, and it has no sign-in yet.`,
    hint: 'Unset HOST. From another machine, use a tunnel: ssh -L 3000:127.0.0.1:3000 THIS-MACHINE',
  };
}
