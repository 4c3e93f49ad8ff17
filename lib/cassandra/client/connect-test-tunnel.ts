import 'server-only';
import { Client } from 'cassandra-driver';
import type { ConnectTestResponse } from '@/lib/contract/connect';
import type { ConfiguredCluster } from '@/lib/contract/networks';
import { Failure } from '../../failure';
import { rootsOf } from './causes';
import { discoveryOptions } from './client-options';
import { findDatacenter, type LocalRow, localRowOf } from './connect-test';
import { toFailure } from './errors';
import { tunnelOf } from './through-tunnel';

type Step = ConnectTestResponse['steps'][number];

/**
 * Tries the connection to a cluster that has a tunnel: the SSH host, the node after it, the login, the datacenter. The
 * first step that fails is the last one tried.
 */
export async function testThroughTunnel(config: ConfiguredCluster): Promise<ConnectTestResponse> {
  const steps: Step[] = [];
  const [contactPoint = ''] = config.contactPoints;
  const through = config.tunnel?.host ?? '';
  let at = performance.now();
  const add = (step: Step['step'], said: Pick<Step, 'status' | 'message' | 'hint'>) => {
    steps.push({ step, ...said, elapsedMs: performance.now() - at });
    at = performance.now();
  };
  const answer = (local: LocalRow | null, ok = false): ConnectTestResponse => ({
    ...{ ok, steps, release: local?.release ?? null, clusterName: local?.clusterName ?? null },
    datacenters: local?.datacenters ?? [],
  });
  const unlet = await sshProblem(config);
  add('ssh', unlet ?? { status: 'ok', message: `${through} let ${config.tunnel?.user} in.` });
  if (unlet !== null) return answer(null);
  const local = await logIn(config, contactPoint);
  if ('step' in local) {
    add(local.step, local.said);
    return answer(null);
  }
  add('tcp', { status: 'ok', message: `${contactPoint} answers to ${through}.` });
  add('login', { status: 'ok', message: `Cassandra ${local.release}, cluster “${local.clusterName}”.` });
  const { localDatacenter } = config;
  const found = findDatacenter(localDatacenter === undefined ? {} : { localDatacenter }, local);
  const hint = found.ok ? {} : { hint: found.hint };
  add('datacenter', { status: found.ok ? 'ok' : 'failed', message: found.message, ...hint });
  return answer(local, found.ok);
}

/** Null: the SSH host lets its user in. */
async function sshProblem(config: ConfiguredCluster): Promise<Pick<Step, 'status' | 'message' | 'hint'> | null> {
  try {
    await tunnelOf(config)?.open();
    return null;
  } catch (error) {
    return failed(error);
  }
}

async function logIn(config: ConfiguredCluster, contactPoint: string) {
  const client = new Client(discoveryOptions(config, config.addressMap?.[contactPoint] ?? contactPoint));
  try {
    await client.connect();
    const { rows } = await client.execute('SELECT release_version, cluster_name, data_center FROM system.local');
    return localRowOf(client, rows[0]);
  } catch (error) {
    const isNode = rootsOf(error).some((root) => root instanceof Failure && root.error.code === 'cluster_unreachable');
    const step: Step['step'] = isNode ? 'tcp' : 'login';
    return { step, said: failed(error) };
  } finally {
    await client.shutdown();
  }
}

function failed(error: unknown): Pick<Step, 'status' | 'message' | 'hint'> {
  const { message, hint, detail } = toFailure(error).error;
  const said = detail === undefined ? message : `${message} ${detail}`;
  return { status: 'failed', message: said.slice(0, MOST_CHARACTERS), ...(hint === undefined ? {} : { hint }) };
}

const MOST_CHARACTERS = 2_000;
