import { expect, describe as group, it, vi } from 'vitest';
import { nodeControl } from '@/embedded/index.mjs';
import { standingOf } from '@/lib/cluster/node-standing';
import { releaseCounts, replicationWords } from '@/lib/cluster/overview';
import { agreementWords } from '@/lib/cluster/schema-agreement';
import type { TopologyResponse } from '@/lib/contract/topology';
import { groupBy } from '@/lib/cql/group-by';
import { readSchema } from '../schema/schema';
import { HAS_NODETOOL, nodetoolOf } from '../test-nodetool';
import { NODES } from '../test-ring';
import { testBed } from '../test-support';
import { readTopology } from './topology';

/** What the overview shows of a cluster, held to `nodetool describecluster`. */

const KEYSPACE = 'ringside_describe_test';
const BY_DATACENTER = 'ringside_describe_nts';
const { cluster } = testBed(
  [KEYSPACE, BY_DATACENTER],
  [
    `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY)`,
    `ALTER KEYSPACE ${BY_DATACENTER} WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1}`,
  ],
);

/** The lines of a section, such as `Keyspaces:`: those that are indented further. */
function linesUnder(text: string, heading: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const at = lines.findIndex((line) => line.trim() === `${heading}:`);
  const [title] = lines.slice(at);
  if (at < 0 || title === undefined) throw new Error(`nodetool has no ${heading}`);
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => depthOf(line) <= depthOf(title));
  return below.slice(0, end < 0 ? undefined : end).map((line) => line.trim());
}

const depthOf = (line: string) => line.length - line.trimStart().length;

/** `abe6d92b-…: [127.0.0.1, 127.0.0.2]` as a name and its nodes, without ports. */
function nodesOf(line: string): [string, string[]] {
  const [, name = '', list = ''] = /^(.*?): \[(.*)\]$/.exec(line) ?? [];
  return [name, sorted(list.split(', ').map(host))];
}

const value = (text: string, name: string) => new RegExp(`^\\s*${name}: (.*)$`, 'm').exec(text)?.[1];
const host = (address: string) => address.replace(/:\d+$/, '');
const sorted = (texts: readonly string[]) => [...texts].sort();

/** What nodetool prints, as {@link shown} has it. */
function printed(text: string) {
  const versions = linesUnder(text, 'Schema versions').map(nodesOf);
  return {
    name: value(text, 'Name'),
    partitioner: value(text, 'Partitioner'),
    versions: Object.fromEntries(versions.filter(([version]) => version !== 'UNREACHABLE')),
    unheard: versions.find(([version]) => version === 'UNREACHABLE')?.[1] ?? [],
    up: Number(value(text, 'Live')),
    down: Number(value(text, 'Unreachable')),
    datacenters: sorted(linesUnder(text, 'Data Centers')),
  };
}

function shown({ clusterName, partitioner, nodes, schemaAgreement }: TopologyResponse) {
  const down = (members: TopologyResponse['nodes']) => members.filter((node) => standingOf(node) === 'down').length;
  const datacenters = [...groupBy(nodes, ({ datacenter }) => datacenter)];
  return {
    name: clusterName,
    partitioner,
    versions: Object.fromEntries(
      schemaAgreement.versions.map(({ version, nodes: members }) => [version, sorted(members.map(host))]),
    ),
    unheard: sorted(schemaAgreement.unheard.map(({ node }) => host(node))),
    up: nodes.filter((node) => standingOf(node) === 'up').length,
    down: down(nodes),
    datacenters: sorted(
      datacenters.map(([name, members]) => `${name} #Nodes: ${members.length} #Down: ${down(members)}`),
    ),
  };
}

/** Both, once they are the same: on a shared ring the schema may change between the two. */
async function compared(): Promise<ReturnType<typeof shown>> {
  return vi.waitFor(
    async () => {
      const [text, topology] = await Promise.all([nodetoolOf(['describecluster']), readTopology(cluster, undefined)]);
      expect(shown(topology)).toEqual(printed(text));
      return shown(topology);
    },
    { timeout: 60_000, interval: 1_000 },
  );
}

group.runIf(HAS_NODETOOL)('what nodetool describecluster prints', () => {
  it('is shown: name, partitioner, schema versions by node, states and datacenters', async () => {
    const { versions, up, down } = await compared();
    expect(Object.values(versions)).toEqual([sorted(NODES.map(host))]);
    expect({ up, down }).toEqual({ up: NODES.length, down: 0 });
  });

  it('is shown of releases, by the number of their nodes', async () => {
    const [text, { nodes }] = [await nodetoolOf(['describecluster']), await readTopology(cluster, undefined)];
    const releases = linesUnder(text, 'Database versions').map(nodesOf);
    expect(releaseCounts(nodes)).toEqual(releases.map(([release, on]) => ({ release, nodes: on.length })));
  });

  it('is shown of replication, for every keyspace but those of other tests', async () => {
    const [text, { keyspaces }] = [await nodetoolOf(['describecluster']), await readSchema(cluster, { fresh: true })];
    const ours = (name: string) => /^(system|ringside_describe_)/.test(name);
    const words = keyspaces
      .filter(({ name, virtual }) => ours(name) && !virtual)
      .map(({ name, replication }) => {
        const { class: full = '', ...options } = replication;
        const list = Object.entries(options).map(([option, setting]) => `${option}=${setting}`);
        return `${name} -> Replication class: ${replicationWords({ class: full }).strategy} {${list.join(', ')}}`;
      });
    expect(sorted(words)).toEqual(sorted(linesUnder(text, 'Keyspaces').filter(ours)));
    expect(words.join()).toContain('NetworkTopologyStrategy {dc1=1}');
  });

  it('is shown of a node that is down: it neither agrees nor counts as up', async () => {
    const node = nodeControl(NODES.length - 1);
    await node.stop();
    try {
      const { unheard, up, down } = await compared();
      expect(unheard).toEqual([node.address]);
      expect({ up, down }).toEqual({ up: NODES.length - 1, down: 1 });
      const { schemaAgreement } = await readTopology(cluster, undefined);
      expect(agreementWords(schemaAgreement).text).toBe(
        `${NODES.length - 1} of ${NODES.length} nodes agree; ${node.address}:${node.port} does not answer`,
      );
    } finally {
      await node.start();
    }
    await compared();
  });
});
