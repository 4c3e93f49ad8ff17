import 'server-only';
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { auth, Client, type ClientOptions, policies, type types } from 'cassandra-driver';
import type { z } from 'zod';
import type { CONNECT_STEPS, ConnectTestResponse, connectTestRequestSchema } from '@/lib/contract/connect';
import type { NetworksConfig } from '@/lib/contract/networks';
import { guardAddresses } from './address-guard';
import { toFailure } from './errors';
import { boundFrames } from './frame-bounds';
import { type RefusalOf, refusalsOf } from './networks';

type Target = z.output<typeof connectTestRequestSchema>;
type Step = ConnectTestResponse['steps'][number];
type StepName = (typeof CONNECT_STEPS)[number];

const STEP_TIMEOUT_MS = 5_000;
const MOST_CHARACTERS = 2_000;

/** The result of a step: a message, or a failure with what to do. */
export type StepOutcome<T> = { ok: true; message: string; value: T } | { ok: false; message: string; hint: string };

/** The system tables of a few thousand nodes are smaller, and an announced frame must fit into memory. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/**
 * Tries a connection step by step to find out what is wrong: host name, port, certificate, login or datacenter. The first
 * step that fails is the last one tried.
 * @param onSteps called with the steps so far after each step
 * @param networks where it may connect; absent: anywhere but to link-local addresses
 */
export async function testConnection(
  target: Target,
  onSteps: (steps: readonly Step[]) => void = () => undefined,
  networks?: NetworksConfig,
): Promise<ConnectTestResponse> {
  const refusalOf = refusalsOf('this test', networks);
  const steps: Step[] = [];
  const run = async <T>(step: StepName, attempt: () => Promise<StepOutcome<T>>): Promise<T | undefined> => {
    const startedAt = performance.now();
    const outcome = await attempt();
    const elapsedMs = performance.now() - startedAt;
    const hint = outcome.ok ? {} : { hint: outcome.hint };
    steps.push({ step, status: outcome.ok ? 'ok' : 'failed', message: outcome.message, elapsedMs, ...hint });
    onSteps(steps);
    return outcome.ok ? outcome.value : undefined;
  };
  const skip = (step: StepName, message: string) => steps.push({ step, status: 'skipped', message, elapsedMs: 0 });
  const answer = (cluster?: LocalRow) => ({
    ok: cluster !== undefined,
    steps,
    release: cluster?.release ?? null,
    clusterName: cluster?.clusterName ?? null,
    datacenters: cluster?.datacenters ?? [],
  });

  const endpoint = splitAddress(target.contactPoints[0] ?? '', target.port);
  const address = await run('dns', () => resolveName(endpoint.host, refusalOf));
  if (address === undefined) return answer();
  if (!(await run('tcp', () => openPort(endpoint, address)))) return answer();
  if (target.tls === null) skip('tls', 'Not enabled: passwords and rows are sent unencrypted.');
  else if (!(await run('tls', () => shakeHands(endpoint, address, target.tls)))) return answer();
  const local = await run('login', () => logIn(target, refusalOf));
  if (!local) return answer();
  const found = await run('datacenter', async () => findDatacenter(target, local));
  return found ? answer(local) : { ...answer(local), ok: false };
}

interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

function splitAddress(text: string, defaultPort: number): NodeAddress {
  const match = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(text);
  if (isIP(text) !== 0 || !match?.[2]) return { host: text, port: defaultPort };
  return { host: match[1] ?? text, port: Number(match[2]) };
}

/** The address is what the next steps connect to: another look-up might find one that is refused. */
async function resolveName(host: string, refusalOf: RefusalOf): Promise<StepOutcome<string>> {
  try {
    const { address } = await lookup(host);
    const refusal = refusalOf(address)?.error;
    if (refusal !== undefined) return { ok: false, message: refusal.message, hint: refusal.hint ?? '' };
    return {
      ok: true,
      value: address,
      message: address === host ? `${host} is an IP address.` : `${host} resolves to ${address}.`,
    };
  } catch (error) {
    const hint = 'Check the spelling, or use the node’s IP address. On a VPN the name may need another DNS resolver.';
    return { ok: false, message: `The name ${host} cannot be resolved (${codeOf(error)}).`, hint };
  }
}

async function openPort({ host, port }: NodeAddress, address: string): Promise<StepOutcome<true>> {
  try {
    await settled(connectTcp({ host: address, port }), 'connect');
    return { ok: true, value: true, message: `Port ${port} is open.` };
  } catch (error) {
    const code = codeOf(error);
    const refused = code === 'ECONNREFUSED';
    return {
      ok: false,
      message: refused ? `Nothing listens on ${host}:${port}.` : `${host}:${port} cannot be reached (${code}).`,
      hint: refused
        ? 'Check that Cassandra is up and native_transport_port is this port. rpc_address sets the address it listens on.'
        : 'A firewall or security group may block the connection, or the address may be on another network.',
    };
  }
}

async function shakeHands(endpoint: NodeAddress, address: string, tls: Target['tls']): Promise<StepOutcome<true>> {
  const { port } = endpoint;
  try {
    await settled(
      connectTls({ host: address, port, ...tlsOptions(tls), servername: serverName(endpoint, tls) }),
      'secureConnect',
    );
    return {
      ok: true,
      value: true,
      message: tls?.verify ? 'The certificate is trusted.' : 'Encrypted; the certificate is not checked.',
    };
  } catch (error) {
    const code = codeOf(error);
    return { ok: false, message: `The TLS handshake failed (${code}).`, hint: tlsHint(code) };
  }
}

function tlsHint(code: string): string {
  if (/ISSUER|SELF_SIGNED|VERIFY/.test(code))
    return 'Add the certificate authority that signed the node’s certificate.';
  if (/ALTNAME/.test(code)) return 'The certificate is for another name: enter that name as “server name”.';
  if (/EXPIRED/.test(code)) return 'The node’s certificate has expired.';
  return 'Check that this port uses TLS: client_encryption_options on the node decides, and may require a client certificate.';
}

function tlsOptions(tls: Target['tls']): ConnectionOptions {
  return {
    rejectUnauthorized: tls?.verify ?? true,
    ...(tls?.caPem ? { ca: tls.caPem } : {}),
    ...(tls?.certPem ? { cert: tls.certPem } : {}),
    ...(tls?.keyPem ? { key: tls.keyPem } : {}),
  };
}

function serverName({ host }: NodeAddress, tls: Target['tls']): string {
  return tls?.serverName ?? (isIP(host) === 0 ? host : '');
}

export interface LocalRow {
  readonly release: string;
  readonly clusterName: string;
  readonly localDatacenter: string;
  readonly datacenters: string[];
}

async function logIn(target: Target, refusalOf: RefusalOf): Promise<StepOutcome<LocalRow>> {
  const options: ClientOptions = {
    contactPoints: target.contactPoints,
    protocolOptions: { port: target.port },
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
    isMetadataSyncEnabled: false,
    pooling: { warmup: false },
    socketOptions: { connectTimeout: STEP_TIMEOUT_MS, readTimeout: STEP_TIMEOUT_MS },
    ...(target.username
      ? { authProvider: new auth.PlainTextAuthProvider(target.username, target.password ?? '') }
      : {}),
    ...(target.tls
      ? {
          sslOptions: {
            ...tlsOptions(target.tls),
            ...(target.tls.serverName ? { servername: target.tls.serverName } : {}),
          },
        }
      : {}),
  };
  const client = new Client(boundFrames(guardAddresses(options, refusalOf), MAX_FRAME_BYTES));
  try {
    await client.connect();
    const { rows } = await client.execute('SELECT release_version, cluster_name, data_center FROM system.local');
    const value = localRowOf(client, rows[0]);
    const { release } = value;
    return { ok: true, value, message: `Cassandra ${release}, cluster “${value.clusterName}”.` };
  } catch (error) {
    const { message, hint, detail } = toFailure(error).error;
    return {
      ok: false,
      message: shortened(`${message}${detail ? ` ${detail}` : ''}`),
      hint: hint ?? 'Check the user name and password.',
    };
  } finally {
    await client.shutdown();
  }
}

/** @param local of system.local: release_version, cluster_name, data_center */
export function localRowOf(client: Client, local: types.Row | undefined): LocalRow {
  return {
    release: shortened(String(local?.release_version)),
    clusterName: shortened(String(local?.cluster_name)),
    localDatacenter: String(local?.data_center),
    datacenters: [...new Set(client.hosts.values().map((host) => host.datacenter))].sort(),
  };
}

/** Whether the datacenter that is wanted is there. */
export function findDatacenter(target: Pick<Target, 'localDatacenter'>, local: LocalRow): StepOutcome<string> {
  const wanted = target.localDatacenter ?? local.localDatacenter;
  if (local.datacenters.includes(wanted)) {
    const found = target.localDatacenter === undefined ? 'detected' : 'as configured';
    return { ok: true, value: wanted, message: `Local datacenter ${wanted} (${found}).` };
  }
  return {
    ok: false,
    message: `The cluster has no datacenter “${wanted}”.`,
    hint: `It has ${local.datacenters.join(', ')}: choose one of these, or leave the field empty.`,
  };
}

/** What a peer says about itself may be long. */
function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Waits for an event of a socket, then closes it. */
function settled(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    socket.setTimeout(STEP_TIMEOUT_MS, () => reject(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })));
    socket.once('error', reject);
    socket.once(event, resolve);
  }).finally(() => socket.destroy());
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
