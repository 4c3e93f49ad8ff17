import 'server-only';
import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { createGunzip } from 'node:zlib';
import { type RefusalOf, refusalsOf } from '@/lib/cassandra/client/networks';
import { tunnelOf } from '@/lib/cassandra/client/through-tunnel';
import type { Tunnel } from '@/lib/cassandra/client/tunnel';
import type { ConfiguredCluster } from '@/lib/contract/networks';

/** More than an exporter says of a node with a thousand tables. */
const MOST_BYTES = 32 * 1024 * 1024;

/** How the metrics endpoints of a cluster are reached. */
export interface MetricsWay {
  readonly refusalOf: RefusalOf;
  /** Null: directly. */
  readonly tunnel: Tunnel | null;
}

/** As the cluster's nodes: within `networks`, and through its tunnel. */
export function metricsWayOf(config: ConfiguredCluster): MetricsWay {
  return {
    refusalOf: refusalsOf(`the metrics of the cluster “${config.name}”`, config.networks),
    tunnel: tunnelOf(config),
  };
}

/**
 * The text of a metrics endpoint. Redirects are not followed.
 * @throws Failure `address_refused`, `cluster_unreachable` without a tunnel; Error when it does not come whole, in time
 */
export async function metricsText(url: string, { refusalOf, tunnel }: MetricsWay, timeoutMs: number): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  const release = tunnel?.hold();
  try {
    const target = new URL(url);
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    const { address } = await lookup(target.hostname.replace(/^\[|\]$/g, ''));
    const refusal = refusalOf(address);
    if (refusal !== null) throw refusal;
    const socketPath = await tunnel?.socketTo(address, port);
    return await bodyOf(await ask(target, { host: address, port, signal, ...(socketPath && { socketPath }) }));
  } catch (error) {
    if (signal.aborted) throw new Error('no whole response in time.', { cause: error });
    throw tunnel === null ? error : behind(error);
  } finally {
    release?.();
  }
}

interface Place {
  /** The address that was checked, which a certificate without a name is checked for. */
  readonly host: string;
  readonly port: string;
  /** Of the tunnel, in place of host and port. */
  readonly socketPath?: string;
  readonly signal: AbortSignal;
}

function ask(url: URL, place: Place): Promise<IncomingMessage> {
  const headers = { host: url.host, accept: 'text/plain;version=0.0.4', 'accept-encoding': 'gzip' };
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const options = { ...place, path: `${url.pathname}${url.search}`, headers, agent: false };
    request(options, resolve).once('error', reject).end();
  });
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`it answers ${response.statusCode}.`);
  }
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of unzipped(response)) {
    bytes += chunk.byteLength;
    // A loop that is left destroys what it reads.
    if (bytes > MOST_BYTES) throw new Error(`it says more than ${MOST_BYTES / 1024 / 1024} MiB.`);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('');
}

function unzipped(response: IncomingMessage): AsyncIterable<Uint8Array> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const gunzip = createGunzip();
  gunzip.once('close', () => response.destroy());
  return response.once('error', (error) => gunzip.destroy(error)).pipe(gunzip);
}

/** The SSH host closes a socket whose target it does not reach. */
function behind(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && /ECONNRESET|EPIPE/.test(String(error.code)))) return error;
  return new Error('the SSH host does not reach it, or it closes the connection.', { cause: error });
}
