import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { lookOf } from '@/components/token-ring/appearance';
import { downAddresses, isDown, NodeStateBadge } from '@/components/token-ring/node-state';
import { RingPatterns } from '@/components/token-ring/ring-patterns';
import { RingPicture } from '@/components/token-ring/ring-picture';
import { NodeName } from '@/components/token-ring/swatch';
import { Skeleton } from '@/components/ui/skeleton';
import type { TablePlace } from '@/lib/client/place';
import { topologyQuery } from '@/lib/client/topology-query';
import type { RowCopiesResponse } from '@/lib/contract/row-copies';
import type { Node } from '@/lib/contract/topology';
import { arcsOf } from '@/lib/ring/arcs';

/** The row's token on the ring, and its replicas with their states. */
export function RingPlace({ place, home }: { place: TablePlace; home: RowCopiesResponse }) {
  const { data: topology } = useQuery(topologyQuery(place.cluster, place.keyspace));
  const listId = useId();
  const nodes = useMemo(() => topology?.nodes ?? [], [topology]);
  const arcs = useMemo(() => arcsOf(nodes), [nodes]);
  const look = useMemo(() => lookOf(nodes), [nodes]);
  const down = useMemo(() => downAddresses(nodes), [nodes]);
  const downReplicas = home.replicas.filter((address) => down.has(address)).length;
  return (
    <div className="flex flex-col gap-4 sm:flex-row">
      <RingPatterns />
      <div className="size-52 shrink-0 self-center">
        {arcs.length === 0 ? (
          <Skeleton className="size-52 rounded-full" />
        ) : (
          <RingPicture
            arcs={arcs}
            look={look}
            down={down}
            arc={undefined}
            lit={home.replicas.length > 0 ? home.replicas : undefined}
            token={BigInt(home.token)}
            middle={{
              lines: [place.keyspace, `${home.replicas.length} of ${nodes.length} nodes`],
              alarm: downReplicas === 0 ? undefined : `${downReplicas} down`,
            }}
            describedBy={listId}
            onPoint={ignore}
            onPick={ignore}
          />
        )}
      </div>
      <dl id={listId} className="grid flex-1 auto-rows-min grid-cols-[auto_1fr] gap-x-4 gap-y-2 self-center text-sm">
        <dt className="text-faint">Token</dt>
        <dd className="break-all font-mono text-xs leading-5">{home.token}</dd>
        <dt className="text-faint">Replicas</dt>
        <dd>
          <ol className="flex flex-col gap-1.5">
            {home.replicas.map((address) => (
              <li key={address} className="flex flex-wrap items-start gap-x-3">
                <NodeName address={address} look={look.nodes.get(address)} down={down.has(address)} />
                <State nodes={nodes} address={address} />
              </li>
            ))}
          </ol>
        </dd>
      </dl>
    </div>
  );
}

function State({ nodes, address }: { nodes: readonly Node[]; address: string }) {
  const node = nodes.find((one) => one.address === address);
  if (node === undefined) return null;
  return (
    <span className="text-xs">
      <NodeStateBadge
        state={isDown(node) ? (node.reachable.state === 'down' ? node.reachable : node.gossip) : node.reachable}
      />
    </span>
  );
}

function ignore(): void {
  // The picture shows one place here: there is nothing to point at.
}
