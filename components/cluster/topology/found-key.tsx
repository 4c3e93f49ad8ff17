import type { RingLook } from '@/components/token-ring/appearance';
import type { ReplicasResponse } from '@/lib/contract/topology';
import { ReplicaList } from './arc-readout';

/** The answer to "where does a key live?": its token, then its replicas in order. Said aloud when it arrives. */
export function FoundPlace({ place, look }: { place: ReplicasResponse | undefined; look: RingLook }) {
  return <div role="status">{place !== undefined && <Place place={place} look={look} />}</div>;
}

function Place({ place: { token, replicas, unknownReason }, look }: { place: ReplicasResponse; look: RingLook }) {
  const placed =
    unknownReason === undefined ? { addresses: replicas } : { addresses: undefined, reason: unknownReason };
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-line border-t pt-3 text-sm">
      <dt className="text-faint">Token</dt>
      <dd className="break-all font-mono text-xs leading-5">{token}</dd>
      <dt className="text-faint">Replicas</dt>
      <dd>
        <ReplicaList replicas={placed} look={look} />
      </dd>
    </dl>
  );
}
