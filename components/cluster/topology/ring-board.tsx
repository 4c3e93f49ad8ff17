import { type ComponentProps, useCallback, useId, useMemo, useState } from 'react';
import { lookOf, type RingLook } from '@/components/token-ring/appearance';
import { downAddresses } from '@/components/token-ring/node-state';
import { replicaPlacer } from '@/components/token-ring/placed-replicas';
import { RingLegend } from '@/components/token-ring/ring-legend';
import { RingPatterns } from '@/components/token-ring/ring-patterns';
import { type RingMiddle, RingPicture } from '@/components/token-ring/ring-picture';
import { Panel } from '@/components/ui/panel';
import type { ReplicasResponse, TopologyResponse } from '@/lib/contract/topology';
import { type Arc, arcIndexOf, arcsOf } from '@/lib/ring/arcs';
import { formatShare, plural } from '@/lib/text/format';
import { SchemaAgreement } from '../schema-agreement';
import { ArcReadout } from './arc-readout';
import { NodeTable } from './node-table';

type RingBoardProps = {
  cluster: string;
  topology: TopologyResponse;
  /** Where the key that is searched for lives, once known. */
  found: ReplicasResponse | undefined;
  /** The form that finds a key, given how nodes look here and which are down. */
  finder: (look: RingLook, down: ReadonlySet<string>) => React.ReactNode;
  /** What is known of that key's place. */
  facts?: React.ReactNode;
  /** What is known of a range that was picked, given its replicas, primary first. */
  rangeFacts?: (range: Arc, replicas: readonly string[]) => React.ReactNode;
};

/** The ring beside what is said of it: two panels beside it, one beside and one below, or three in a line. */
const BOARD =
  'grid gap-4 lg:grid-cols-[minmax(0,432px)_minmax(0,1fr)] xl:grid-rows-[auto_1fr] min-[1900px]:grid-cols-[432px_minmax(0,560px)_minmax(0,1fr)] min-[1900px]:grid-rows-1';

/** The picture, the arc under the pointer, and the same in words. Pointing wins over a picked arc, and that over a key. */
export function RingBoard({ cluster, topology, found, finder, facts, rangeFacts }: RingBoardProps) {
  const { nodes } = topology;
  const arcs = useMemo(() => arcsOf(nodes), [nodes]);
  const look = useMemo(() => lookOf(nodes), [nodes]);
  const down = useMemo(() => downAddresses(nodes), [nodes]);
  const [pointed, setPointed] = useState<number>();
  const [picked, setPicked] = useState<number>();
  const pick = useCallback((arc: number | undefined) => setPicked((old) => (old === arc ? undefined : arc)), []);
  const token = found === undefined ? undefined : BigInt(found.token);
  const asked = withinRing(pointed ?? picked, arcs);
  const arc = asked ?? (token === undefined || arcs.length === 0 ? undefined : arcIndexOf(arcs, token));
  const current = arc === undefined ? undefined : arcs[arc];
  const place = useMemo(() => replicaPlacer(topology), [topology]);
  const replicas = current === undefined ? undefined : place?.(current.to);
  const range = arcs[picked ?? -1];
  const lit = asked === undefined ? found?.replicas : replicas?.addresses;
  const tableId = useId();
  return (
    <>
      <RingPatterns />
      <div className={BOARD}>
        <RingPanel
          topology={topology}
          arcs={arcs}
          look={look}
          down={down}
          arc={arc}
          lit={lit}
          token={token}
          describedBy={tableId}
          onPoint={setPointed}
          onPick={pick}
        />
        <Panel title="Where does a key live?">{finder(look, down)}</Panel>
        <Panel title="Token range" className="lg:max-xl:col-span-2">
          <ArcReadout
            arcs={arcs}
            arc={arc}
            look={look}
            down={down}
            keyspace={topology.keyspace}
            replicas={replicas}
            onStep={setPicked}
          />
        </Panel>
      </div>
      {facts}
      {range !== undefined && rangeFacts?.(range, place?.(range.to)?.addresses ?? [])}
      <Panel title="Nodes" flush note={<SchemaAgreement label="Schema: " agreement={topology.schemaAgreement} />}>
        <div id={tableId}>
          <NodeTable cluster={cluster} topology={topology} look={look} down={down} lit={lit} />
        </div>
      </Panel>
    </>
  );
}

type RingPanelProps = Omit<ComponentProps<typeof RingPicture>, 'middle'> & { topology: TopologyResponse };

function RingPanel({ topology, lit, ...picture }: RingPanelProps) {
  const { arcs, arc, look, down } = picture;
  const current = arc === undefined ? undefined : arcs[arc];
  const note = `${plural(topology.nodes.length, 'node')}, ${topology.partitioner.split('.').at(-1)}`;
  return (
    <Panel title="Token ring" note={note} className="xl:row-span-2 min-[1900px]:row-span-1">
      {arcs.length === 0 ? (
        <Undrawable topology={topology} />
      ) : (
        <RingPicture
          {...picture}
          lit={lit !== undefined && lit.length > 0 ? lit : undefined}
          middle={middleOf(topology, current, down)}
        />
      )}
      <RingLegend look={look} anyDown={down.size > 0} />
    </Panel>
  );
}

/** A refreshed ring may have fewer arcs than the one that was pointed at. */
function withinRing(arc: number | undefined, arcs: readonly Arc[]): number | undefined {
  return arc !== undefined && arc < arcs.length ? arc : undefined;
}

function middleOf({ nodes }: TopologyResponse, arc: Arc | undefined, down: ReadonlySet<string>): RingMiddle {
  if (arc !== undefined) {
    const lines = [arc.address, `${formatShare(arc.sweep)} of the ring`] as const;
    return { lines, alarm: down.has(arc.address) ? 'down' : undefined };
  }
  const tokens = nodes.reduce((sum, node) => sum + node.tokens.length, 0);
  const lines = [plural(nodes.length, 'node'), plural(tokens, 'token')] as const;
  return { lines, alarm: down.size === 0 ? undefined : `${down.size} down` };
}

function Undrawable({ topology }: { topology: TopologyResponse }) {
  const murmur = topology.partitioner.endsWith('Murmur3Partitioner');
  return (
    <p className="py-8 text-center text-muted text-sm">
      {murmur
        ? 'No node reports its tokens, so there is no ring to draw.'
        : `The ring is drawn for Murmur3 tokens; this cluster places keys by ${topology.partitioner}.`}
    </p>
  );
}
