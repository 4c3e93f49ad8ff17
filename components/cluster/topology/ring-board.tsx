import { useCallback, useId, useMemo, useState } from 'react';
import { lookOf, type RingLook } from '@/components/token-ring/appearance';
import { isDown } from '@/components/token-ring/node-state';
import { replicaPlacer } from '@/components/token-ring/placed-replicas';
import { RingLegend } from '@/components/token-ring/ring-legend';
import { RingPatterns } from '@/components/token-ring/ring-patterns';
import { RingPicture } from '@/components/token-ring/ring-picture';
import { Panel } from '@/components/ui/panel';
import type { ReplicasResponse, TopologyResponse } from '@/lib/contract/topology';
import { type Arc, arcIndexOf, arcsOf } from '@/lib/ring/arcs';
import { formatShare, plural } from '@/lib/text/format';
import { ArcReadout } from './arc-readout';
import { NodeTable } from './node-table';
import { SchemaAgreement } from './schema-agreement';

type RingBoardProps = {
  topology: TopologyResponse;
  /** Where the key that is looked for lives, once known. */
  found: ReplicasResponse | undefined;
  /** The way to look for a key, given how nodes look here. */
  finder: (look: RingLook) => React.ReactNode;
};

/** The picture, what it is pointed at, and the same in words. Pointing wins over what was picked, that over a key. */
export function RingBoard({ topology, found, finder }: RingBoardProps) {
  const { nodes } = topology;
  const arcs = useMemo(() => arcsOf(nodes), [nodes]);
  const look = useMemo(() => lookOf(nodes), [nodes]);
  const down = useMemo(() => new Set(nodes.filter(isDown).map(({ address }) => address)), [nodes]);
  const [pointed, setPointed] = useState<number>();
  const [picked, setPicked] = useState<number>();
  const pick = useCallback((arc: number | undefined) => setPicked((old) => (old === arc ? undefined : arc)), []);
  const token = found === undefined ? undefined : BigInt(found.token);
  const asked = withinRing(pointed ?? picked, arcs);
  const arc = asked ?? (token === undefined || arcs.length === 0 ? undefined : arcIndexOf(arcs, token));
  const current = arc === undefined ? undefined : arcs[arc];
  const place = useMemo(() => replicaPlacer(topology), [topology]);
  const replicas = current === undefined ? undefined : place?.(current.to);
  const lit = asked === undefined ? found?.replicas : replicas?.addresses;
  const tableId = useId();
  return (
    <>
      <RingPatterns />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,432px)_minmax(0,1fr)]">
        <Panel title="Token ring" note={`${plural(nodes.length, 'node')}, ${topology.partitioner.split('.').at(-1)}`}>
          {arcs.length === 0 ? (
            <Undrawable topology={topology} />
          ) : (
            <RingPicture
              arcs={arcs}
              look={look}
              down={down}
              arc={arc}
              lit={lit !== undefined && lit.length > 0 ? lit : undefined}
              token={token}
              middle={middleOf(topology, current)}
              describedBy={tableId}
              onPoint={setPointed}
              onPick={pick}
            />
          )}
          <RingLegend look={look} anyDown={down.size > 0} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Where does a key live?">{finder(look)}</Panel>
          <Panel title="Token range">
            <ArcReadout
              arcs={arcs}
              arc={arc}
              look={look}
              keyspace={topology.keyspace}
              replicas={replicas}
              onStep={setPicked}
            />
          </Panel>
        </div>
      </div>
      <Panel title="Nodes" flush note={<SchemaAgreement agreement={topology.schemaAgreement} />}>
        <div id={tableId}>
          <NodeTable topology={topology} look={look} lit={lit} />
        </div>
      </Panel>
    </>
  );
}

/** A ring that was read again may have fewer arcs than the one that was pointed at. */
function withinRing(arc: number | undefined, arcs: readonly Arc[]): number | undefined {
  return arc !== undefined && arc < arcs.length ? arc : undefined;
}

function middleOf({ nodes }: TopologyResponse, arc: Arc | undefined): readonly [string, string] {
  if (arc !== undefined) return [arc.address, `${formatShare(arc.sweep)} of the ring`];
  return [
    plural(nodes.length, 'node'),
    plural(
      nodes.reduce((sum, { tokens }) => sum + tokens.length, 0),
      'token',
    ),
  ];
}

function Undrawable({ topology }: { topology: TopologyResponse }) {
  const murmur = topology.partitioner.endsWith('Murmur3Partitioner');
  return (
    <p className="py-8 text-center text-muted text-sm">
      {murmur
        ? 'No node told its tokens, so there is no ring to draw.'
        : `The ring is drawn for Murmur3 tokens; this cluster places keys by ${topology.partitioner}.`}
    </p>
  );
}
