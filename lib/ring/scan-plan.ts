import type { RingNode } from './placement';
import type { KnownReplication } from './replication';

/** A part of a scan that is read by itself: the tokens behind `from` up to and with `to`, never over the ring's end. */
export interface ScanPiece {
  /** Exclusive. */
  readonly from: bigint;
  /** Inclusive. */
  readonly to: bigint;
  /** Ids of the nodes that hold its rows, the primary first; empty where that is not known. */
  readonly replicas: readonly string[];
}

export function planPieces(
  _nodes: readonly RingNode[],
  _replication: KnownReplication | null,
  bounds: { readonly from: bigint; readonly to: bigint },
  _minPieces: number,
): ScanPiece[] {
  return [{ ...bounds, replicas: [] }];
}
