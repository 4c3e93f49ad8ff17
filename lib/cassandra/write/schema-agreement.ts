import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import type { SchemaAgreement } from '@/lib/contract/frames';
import { readFromNode } from '../client/system-reads';

/** A node that answers is given as long to take over a new schema as the driver would give it (4.10: 10 s). */
const DIFFERING_WAIT_MS = 10_000;
/** A node without a connection is given as long to come back. */
const DOWN_WAIT_MS = 3_000;
const PAUSE_MS = 200;

/** What a node says of its schema; null: it does not answer. */
export type SchemaVersions = ReadonlyMap<string, string | null>;

/** The version that most nodes have, and who has not. */
export function agreementOf(versions: SchemaVersions): SchemaAgreement {
  const holders = new Map<string, number>();
  for (const version of versions.values()) {
    if (version !== null) holders.set(version, (holders.get(version) ?? 0) + 1);
  }
  const [common, agreed] = [...holders].reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
  const nodes = [...versions];
  return {
    nodes: nodes.length,
    agreed,
    differing: nodes.flatMap(([address, version]) => (version === null || version === common ? [] : [address])),
    silent: nodes.flatMap(([address, version]) => (version === null ? [address] : [])),
  };
}

/**
 * Waits until every node has the same schema, or until those that have not have had their time. The driver waits as well
 * (`maxSchemaAgreementWaitSeconds`, off in client-options.ts), but says nothing while it does, and afterwards only that
 * it was in vain: it goes by what one node remembers of the others, and a node that is down keeps its old version there.
 * @param onChange how far the nodes agree, whenever that has changed
 * @throws the signal's reason
 */
export async function awaitAgreement(
  client: Client,
  signal: AbortSignal,
  onChange: (agreement: SchemaAgreement) => void,
): Promise<SchemaAgreement> {
  const startedAt = performance.now();
  const hosts = client.hosts.values();
  const versions = new Map<string, string | null>(hosts.map(({ address }) => [address, null]));
  let agreement = agreementOf(versions);
  const ask = async (host: Host) => {
    const version = await versionOf(client, host);
    versions.set(host.address, version);
    const now = agreementOf(versions);
    if (JSON.stringify(now) === JSON.stringify(agreement)) return;
    agreement = now;
    onChange(now);
  };
  for (;;) {
    const waitedMs = () => performance.now() - startedAt;
    await Promise.race([Promise.all(hosts.map(ask)), pause(DIFFERING_WAIT_MS - waitedMs())]);
    signal.throwIfAborted();
    if (isSettled(agreement, hosts, waitedMs())) return agreement;
    await pause(PAUSE_MS);
  }
}

/** Null where it does not answer, whatever the reason. */
async function versionOf(client: Client, host: Host): Promise<string | null> {
  try {
    const [row] = await readFromNode(client, host, 'SELECT schema_version FROM system.local');
    return row === undefined ? null : String(row.get('schema_version'));
  } catch {
    // What keeps it from answering matters to the page of nodes; here it counts that nothing is known.
    return null;
  }
}

function isSettled({ nodes, agreed, differing, silent }: SchemaAgreement, hosts: readonly Host[], waitedMs: number) {
  if (agreed === nodes || waitedMs >= DIFFERING_WAIT_MS) return true;
  const areDown = silent.every((address) => hosts.find((host) => host.address === address)?.isUp() === false);
  return differing.length === 0 && areDown && waitedMs >= DOWN_WAIT_MS;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
