import 'server-only';
import { createHash, createHmac } from 'node:crypto';
import type { Client, Host } from 'cassandra-driver';
import type { SeenNode } from '@/lib/cluster/ring-changes';
import { markedSecret, type SeenSettings } from '@/lib/cluster/settings-changes';
import { isSecretSetting } from '@/lib/health/settings';
import { serverSecret } from '../client/secret';
import { askEveryNode, NO_NODE, readFromNode } from '../client/system-reads';
import { readSchemaItems, type SchemaItems } from '../schema/schema-items';
import { intervalsNow } from './readers';
import { readRingMembers } from './ring-members';

/** What the driver noticed: it lost a node, reached it again, or found the ring to have other members. */
export type Noticed = { readonly what: 'up' | 'down'; readonly node: string } | { readonly what: 'members' };

/** What can be seen of a cluster through one client. */
export interface Sight {
  /** @returns ends it */
  notice(listener: (noticed: Noticed) => void): () => void;
  /** @throws Failure when no node answers */
  schemaVersion(): Promise<{ readonly version: string; readonly node: string }>;
  /** @throws Failure when no node answers */
  schema(): Promise<SchemaItems>;
  /** @throws Failure when no node answers */
  nodes(): Promise<readonly SeenNode[]>;
  /** Of the nodes that answer: of all, or of one. */
  settings(node: string | null): Promise<SeenSettings>;
}

export function sightOf(client: Client): Sight {
  const fromOne = async <T>(ask: (host: Host) => Promise<T>): Promise<T> => {
    let failure: unknown = NO_NODE;
    for (const host of upFirst(client)) {
      try {
        return await ask(host);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
  return {
    notice: (listener) => notice(client, listener),
    schemaVersion: () =>
      fromOne(async (host) => {
        const [row] = await readFromNode(client, host, 'SELECT schema_version FROM system.local');
        return { version: String(row?.get('schema_version')), node: host.address };
      }),
    schema: () => fromOne((host) => readSchemaItems(client, host)),
    nodes: () => readSeenNodes(client),
    settings: (node) => readSeenSettings(client, node),
  };
}

function notice(client: Client, listener: (noticed: Noticed) => void): () => void {
  const handlers: readonly (readonly [event: string, handle: (host: Host) => void])[] = [
    ['hostUp', ({ address }) => listener({ what: 'up', node: address })],
    ['hostDown', ({ address }) => listener({ what: 'down', node: address })],
    ['hostAdd', () => listener({ what: 'members' })],
    ['hostRemove', () => listener({ what: 'members' })],
  ];
  for (const [event, handle] of handlers) client.on(event, handle);
  return () => {
    for (const [event, handle] of handlers) client.off(event, handle);
  };
}

async function readSeenNodes(client: Client): Promise<readonly SeenNode[]> {
  const [members, generations] = await Promise.all([
    readRingMembers(client, upFirst(client)),
    askEveryNode(client, async (host) => {
      const [row] = await readFromNode(client, host, 'SELECT host_id, gossip_generation FROM system.local');
      return { id: String(row?.get('host_id')), generation: Number(row?.get('gossip_generation')) };
    }),
  ]);
  const started = new Map(
    generations.flatMap(({ failure, ...answer }) =>
      failure === undefined && 'value' in answer ? [[answer.value.id, answer.value.generation] as const] : [],
    ),
  );
  return members.map(({ id, address, datacenter, rack, release, tokens }) => ({
    id,
    address,
    datacenter,
    rack,
    release,
    tokenCount: tokens.length,
    tokensMark: createHash('sha256').update(tokens.map(String).sort().join()).digest('base64url'),
    generation: started.get(id) ?? null,
  }));
}

/** How often all nodes are asked for their settings: they change by hand, or with a restart, which is noticed. */
export const SETTINGS_EVERY_MS = 900_000;

async function readSeenSettings(client: Client, node: string | null): Promise<SeenSettings> {
  intervalsNow(client, 'settings', [SETTINGS_EVERY_MS]);
  const answers = await askEveryNode(client, async (host) => {
    if (node !== null && host.address !== node) return null;
    const rows = await readFromNode(client, host, 'SELECT name, value FROM system_views.settings');
    return new Map(rows.map((row) => settingOf(String(row.get('name')), row.get('value'))));
  });
  return new Map(
    answers.flatMap((answer) =>
      answer.failure === undefined && answer.value !== null ? [[answer.host.address, answer.value] as const] : [],
    ),
  );
}

/** A secret is kept as a mark that only this server can make: two of them differ where the secrets do. */
function settingOf(name: string, value: unknown): readonly [name: string, value: string | null] {
  if (value === null || value === undefined) return [name, null];
  if (!isSecretSetting(name)) return [name, String(value)];
  return [name, markedSecret(createHmac('sha256', serverSecret()).update(`${name} ${value}`).digest('base64url'))];
}

/** The nodes to ask, in turn; one that is thought to be down only after the others. */
function upFirst(client: Client): Host[] {
  return client.hosts.values().toSorted((one, two) => Number(two.isUp()) - Number(one.isUp()));
}
