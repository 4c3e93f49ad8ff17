import 'server-only';
import type { ClientOptions } from 'cassandra-driver';
import Connection from 'cassandra-driver/lib/connection.js';
import type { ConfiguredCluster } from '@/lib/contract/networks';
import { Failure } from '../../failure';
import { refusalsOf } from './networks';
import { isFirst } from './once-per-process';
import { Tunnel } from './tunnel';

/**
 * Leads a client's connections through the tunnel of its cluster. The driver (4.10.0) has no public way to do so: its
 * connections' `open` is wrapped, once per process. Node takes a path for a port, so that the driver opens the socket
 * itself, and goes on calling the node by its address.
 */

const WRAPPED = Symbol.for('ringside.through-tunnel.wrapped');
const TUNNELS = Symbol.for('ringside.tunnels');
const LEAD = 'ringsideTunnel';

/** A way to a node. */
interface Way {
  /** Of a socket of this machine. */
  readonly path: string;
  /** The connection is over; more calls do nothing. */
  readonly release: () => void;
}

/** The same options; with a tunnel in the configuration, connections lead through it. */
export function throughTunnel<T extends ClientOptions>(options: T, config: ConfiguredCluster): T {
  const tunnel = tunnelOf(config);
  return tunnel === null ? options : ledBy(options, (address, port) => wayTo(tunnel, address, port));
}

/** Client options whose connections go where `lead` says. */
export function ledBy<T extends ClientOptions>(options: T, lead: (address: string, port: string) => Promise<Way>): T {
  install();
  // A function and not the tunnel: the bundler may make several of its class.
  return Object.assign(options, { [LEAD]: lead });
}

/** The one tunnel of everything that is configured alike; null: there is none. */
export function tunnelOf({ name, tunnel, networks }: ConfiguredCluster): Tunnel | null {
  if (tunnel === undefined) return null;
  const global = globalThis as { [TUNNELS]?: Map<string, Tunnel> };
  global[TUNNELS] ??= new Map();
  const key = JSON.stringify([tunnel, networks]);
  const known = global[TUNNELS].get(key);
  if (known !== undefined) return known;
  const made = new Tunnel(tunnel, refusalsOf(`the tunnel of the cluster “${name}”`, networks));
  global[TUNNELS].set(key, made);
  return made;
}

async function wayTo(tunnel: Tunnel, address: string, port: string): Promise<Way> {
  const release = once(tunnel.hold());
  try {
    return { path: await tunnel.socketTo(address, port), release };
  } catch (error) {
    release();
    throw error;
  }
}

function install(): void {
  if (!isFirst(WRAPPED)) return;
  const open = Connection.prototype.open;
  Connection.prototype.open = function (callback) {
    const lead: unknown = Reflect.get(this.options, LEAD);
    if (typeof lead !== 'function') return open.call(this, callback);
    const { address, endpoint } = this;
    // The driver opens a connection again with another version of the protocol: its port is a path by then.
    const port = endpoint.slice(address.length + 1);
    const way: Promise<Way> = lead(address, port);
    way.then(({ path, release }) => {
      this.port = path;
      withTlsName(this.options, address, () => open.call(this, (error) => callback(error && behind(address, error))));
      this.netClient?.once('close', release);
    }, callback);
  };
}

/** Without a name in the configuration, the certificate is checked for the node's address, as without a tunnel. */
function withTlsName({ sslOptions }: ClientOptions, address: string, open: () => void): void {
  const given: { host?: string | undefined } = sslOptions ?? {};
  given.host = address;
  open();
  delete given.host;
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

/** The SSH host closes a socket whose node it does not reach. */
function behind(address: string, cause: Error): Error {
  if (!/closed|ECONNRESET|EPIPE/i.test(cause.message)) return cause;
  return new Failure(
    {
      code: 'cluster_unreachable',
      message: `The SSH host does not reach the node ${address}, or the node closes the connection.`,
      hint: 'Check the address as the SSH host sees it, and that its settings allow forwarding there.',
      retryable: true,
    },
    { cause },
  );
}
