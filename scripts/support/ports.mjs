import { connect, createServer } from 'node:net';

/**
 * @param {string} host
 * @param {number} port
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>} true when something accepts connections there
 */
export function isListening(host, port, timeoutMs = 1000) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    /** @param {boolean} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/**
 * Tries to bind an address.
 * @param {string} host
 * @param {number} port 0 for any
 * @returns {Promise<{ port: number } | { code: string }>} the port that was bound (and released), or why not: EADDRINUSE, EADDRNOTAVAIL, EACCES
 */
export function tryBind(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve({ code: 'code' in error ? String(error.code) : error.message }));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve({ port: typeof address === 'object' && address !== null ? address.port : port }));
    });
  });
}

/**
 * The first port from `first` upwards that is free on every host.
 * @param {readonly string[]} hosts
 * @param {number} first
 * @param {ReadonlySet<number>} [taken] ports that are reserved though nobody listens yet
 * @returns {Promise<number>}
 */
export async function freePort(hosts, first, taken = new Set()) {
  for (let port = first; port < first + 200; port += 1) {
    if (taken.has(port)) continue;
    const tries = await Promise.all(hosts.map((host) => tryBind(host, port)));
    if (tries.every((answer) => 'port' in answer)) return port;
  }
  throw new Error(`no free port from ${first} to ${first + 199} on ${hosts.join(', ')}`);
}
