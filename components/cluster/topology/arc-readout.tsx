import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { RingLook } from '@/components/token-ring/appearance';
import type { PlacedReplicas } from '@/components/token-ring/placed-replicas';
import { NodeName } from '@/components/token-ring/swatch';
import { IconButton } from '@/components/ui/icon-button';
import type { Arc } from '@/lib/ring/arcs';
import { formatShare, plural } from '@/lib/text/format';

type ArcReadoutProps = {
  arcs: readonly Arc[];
  arc: number | undefined;
  look: RingLook;
  /** Addresses of nodes that are down. */
  down: ReadonlySet<string>;
  keyspace: string | null;
  replicas: PlacedReplicas | undefined;
  onStep: (arc: number) => void;
};

/** The arc under the pointer in words; the buttons walk the ring without a pointer. */
export function ArcReadout({ arcs, arc, look, down, keyspace, replicas, onStep }: ArcReadoutProps) {
  const current = arc === undefined ? undefined : arcs[arc];
  const step = (by: number) => onStep(((arc ?? (by > 0 ? -1 : 0)) + by + arcs.length) % arcs.length);
  return (
    <div className="min-h-36 text-sm lg:max-xl:min-h-24">
      <header className="flex items-center gap-1">
        <IconButton label="Previous range" size="sm" disabled={arcs.length === 0} onClick={() => step(-1)}>
          <ChevronLeft size={14} aria-hidden="true" />
        </IconButton>
        <IconButton label="Next range" size="sm" disabled={arcs.length === 0} onClick={() => step(1)}>
          <ChevronRight size={14} aria-hidden="true" />
        </IconButton>
        <h3 className="font-medium">
          {arc === undefined ? 'Point at the ring, or step through it' : `Arc ${arc + 1} of ${arcs.length}`}
        </h3>
      </header>
      <div aria-live="polite">
        {current !== undefined && (
          <Facts arc={current} look={look} down={down} keyspace={keyspace} replicas={replicas} />
        )}
      </div>
    </div>
  );
}

type FactsProps = Pick<ArcReadoutProps, 'look' | 'down' | 'keyspace' | 'replicas'> & { arc: Arc };

function Facts({ arc, look, down, keyspace, replicas }: FactsProps) {
  return (
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 lg:max-xl:grid-cols-[auto_1fr_auto_1fr]">
      <Fact name="Range">
        <span className="break-words font-mono text-xs">
          {arc.sweep === 1 ? 'all tokens' : `(${arc.from}, ${arc.to}]`}
        </span>
      </Fact>
      <Fact name="Share">
        {formatShare(arc.sweep)} of the ring{arc.ranges > 1 && `, ${plural(arc.ranges, 'neighbouring range')}`}
      </Fact>
      <Fact name="Primary">
        <ReplicaName address={arc.address} look={look} down={down} />
      </Fact>
      <Fact name={keyspace === null ? 'Replicas' : `Replicas, ${keyspace}`}>
        <ReplicaList replicas={replicas} look={look} down={down} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

type ReplicaListProps = { replicas: PlacedReplicas | undefined } & Pick<ArcReadoutProps, 'look' | 'down'>;

/** Replicas in order, each with whether it is down; or why they are unknown. */
export function ReplicaList({ replicas, look, down }: ReplicaListProps) {
  if (replicas === undefined) return <span className="text-faint">choose a keyspace to see its replicas</span>;
  if (replicas.addresses === undefined) return <span className="text-faint">unknown: {replicas.reason}</span>;
  if (replicas.addresses.length === 0) return <span className="text-faint">none</span>;
  return (
    <ol className="flex flex-wrap gap-x-3 gap-y-0.5">
      {replicas.addresses.map((address) => (
        <li key={address}>
          <ReplicaName address={address} look={look} down={down} />
        </li>
      ))}
    </ol>
  );
}

function ReplicaName({ address, look, down }: { address: string } & Pick<ArcReadoutProps, 'look' | 'down'>) {
  const isDown = down.has(address);
  return (
    <span className="inline-flex items-center gap-1.5">
      <NodeName address={address} look={look.nodes.get(address)} down={isDown} />
      {isDown && <span className="font-medium text-danger text-xs">down</span>}
    </span>
  );
}
