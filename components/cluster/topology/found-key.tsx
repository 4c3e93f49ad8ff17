import type { RingLook } from '@/components/token-ring/appearance';
import type { ReplicasResponse } from '@/lib/contract/topology';
import { ReplicaList } from './arc-readout';

type FoundPlaceProps = {
  place: ReplicasResponse | undefined;
  look: RingLook;
  /** Addresses of nodes that are down. */
  down: ReadonlySet<string>;
};

/** The answer to "where does a key live?": its token, then its replicas in order. Announced when it arrives. */
export function FoundPlace({ place, ...nodes }: FoundPlaceProps) {
  return <div role="status">{place !== undefined && <Place place={place} {...nodes} />}</div>;
}

function Place({ place, look, down }: FoundPlaceProps & { place: ReplicasResponse }) {
  const { token, replicas, unknownReason } = place;
  const placed =
    unknownReason === undefined ? { addresses: replicas } : { addresses: undefined, reason: unknownReason };
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-line border-t pt-3 text-sm">
      <dt className="text-faint">Token</dt>
      <dd className="break-all font-mono text-xs leading-5">{token}</dd>
      <dt className="text-faint">Replicas</dt>
      <dd>
        <ReplicaList replicas={placed} look={look} down={down} />
      </dd>
    </dl>
  );
}
