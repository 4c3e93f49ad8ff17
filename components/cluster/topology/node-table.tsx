import type { RingLook } from '@/components/token-ring/appearance';
import { NodeStateBadge, Reason } from '@/components/token-ring/node-state';
import { NodeName } from '@/components/token-ring/swatch';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { formatBytes, formatCount, formatShare } from '@/lib/text/format';
import { useFirstRows } from '../first-rows';
import { NodeLink } from '../node-link';

type NodeTableProps = {
  cluster: string;
  topology: TopologyResponse;
  look: RingLook;
  /** Addresses of nodes that are down. */
  down: ReadonlySet<string>;
  /** Replicas of what is pointed at, primary first; undefined when nothing is. */
  lit: readonly string[] | undefined;
};

/** The ring in words: every node, its state by each source, and what it owns. */
export function NodeTable({ topology, lit, ...nodes }: NodeTableProps) {
  const { shown, rest } = useFirstRows(topology.nodes, isInDoubt);
  return (
    <>
      <DataTable
        caption="Nodes of the ring"
        columns={columnsOf({ topology, lit, ...nodes })}
        rows={shown}
        rowKey={({ address }) => address}
        rowClassName={({ address }) => (lit?.includes(address) === true ? 'bg-selected' : undefined)}
      />
      {rest}
    </>
  );
}

function isInDoubt({ reachable, gossip }: Node): boolean {
  return reachable.state !== 'up' || gossip.state !== 'up';
}

function columnsOf({ cluster, topology, look, down, lit }: NodeTableProps): DataColumn<Node>[] {
  const viewer = commonViewer(topology.nodes);
  return [
    {
      id: 'address',
      header: 'Address',
      rowHeader: true,
      cell: ({ address, hostId }) => {
        const name = <NodeName address={address} look={look.nodes.get(address)} down={down.has(address)} />;
        if (hostId === null) return name;
        return (
          <NodeLink cluster={cluster} node={hostId}>
            {name}
          </NodeLink>
        );
      },
    },
    {
      id: 'replica',
      header: 'Replica',
      // As wide as its widest mark, so that pointing at the ring moves nothing.
      className: 'min-w-16',
      cell: ({ address }) => <ReplicaMark place={lit?.indexOf(address) ?? -1} />,
    },
    {
      id: 'reachable',
      header: 'Reachable from here',
      className: 'min-w-24 whitespace-normal!',
      cell: ({ reachable }) => <NodeStateBadge state={reachable} />,
    },
    {
      id: 'gossip',
      header: viewer === undefined ? 'Gossip' : `Gossip, as seen by ${viewer}`,
      className: 'min-w-32 whitespace-normal!',
      cell: (node) => <GossipCell node={node} viewerInHeader={viewer !== undefined} />,
    },
    {
      id: 'place',
      header: 'Datacenter / rack',
      className: 'min-w-24',
      cell: ({ datacenter, rack }) => `${datacenter} / ${rack}`,
    },
    { id: 'load', header: 'Load', align: 'right', cell: (node) => <Load node={node} /> },
    {
      id: 'primary',
      header: 'Owns (primary)',
      className: 'whitespace-normal!',
      align: 'right',
      cell: (node) => share(node.primaryOwnership),
    },
    ...effectiveColumn(topology),
    { id: 'release', header: 'Release', cell: ({ release }) => release ?? <Unknown /> },
    { id: 'tokens', header: 'Tokens', align: 'right', cell: ({ tokens }) => formatCount(tokens.length) },
  ];
}

function effectiveColumn({ keyspace }: TopologyResponse): DataColumn<Node>[] {
  if (keyspace === null) return [];
  const header = `Owns (effective, ${keyspace})`;
  return [
    {
      id: 'effective',
      header,
      align: 'right',
      className: 'min-w-24 whitespace-normal!',
      cell: (node) => share(node.effectiveOwnership),
    },
  ];
}

function ReplicaMark({ place }: { place: number }) {
  if (place < 0) return null;
  return <Badge tone="accent">{place + 1}</Badge>;
}

function GossipCell({ node, viewerInHeader }: { node: Node; viewerInHeader: boolean }) {
  return (
    <>
      <NodeStateBadge state={node.gossip} />
      {!viewerInHeader && node.gossipSeenBy !== null && <Reason text={`as seen by ${node.gossipSeenBy}`} />}
    </>
  );
}

function Load({ node: { loadBytes, loadReason } }: { node: Node }) {
  if (loadBytes !== null) return formatBytes(loadBytes);
  return (
    <div className="inline-block text-left">
      <Unknown />
      {loadReason !== undefined && <Reason text={loadReason} />}
    </div>
  );
}

function share(fraction: number | null) {
  return fraction === null ? <Unknown /> : formatShare(fraction);
}

function Unknown() {
  return <span className="text-faint">unknown</span>;
}

/** The node whose view all gossip states are; undefined when there are several or none. */
function commonViewer(nodes: readonly Node[]): string | undefined {
  const first = nodes[0]?.gossipSeenBy ?? undefined;
  return nodes.every(({ gossipSeenBy }) => gossipSeenBy === first) ? first : undefined;
}
