import { datacenterSizes, placeAt, type RingNode, ringTokens } from '@/lib/ring/placement';
import { rangesOf, type TokenRange, unwrap } from '@/lib/ring/ranges';
import type { ReplicationStrategy } from '@/lib/ring/replication';

/** A part of a scan that is read on its own: the tokens after `from` up to and including `to`, never across the ring's end. */
export interface ScanPiece extends TokenRange {
  /** Ids of the nodes that hold all of its rows, the primary of its first range first; empty if unknown. */
  readonly replicas: readonly string[];
}

/**
 * More pieces than this cost more than the parallelism gains: a cluster of a hundred nodes with 256 tokens each has 25,600
 * ranges. Beyond it neighbours are read together.
 */
const MOST_PIECES = 1_024;
const [PIECES_A_WORKER, FEWEST_PIECES, MOST_EQUAL_PIECES] = [4, 16, 256];
/** About a page: a smaller piece costs a request and gains nothing. */
const SMALLEST_PIECE_BYTES = 1024 * 1024;

/** How finely to cut a scan. */
export interface PieceCount {
  /** The minimum number of pieces, as far as there are tokens. */
  readonly least: number;
  /** Beyond this number neighbours that share a node are read together. */
  readonly enough: number;
}

/**
 * More pieces than workers, so that all stay busy until the end, unless the pieces would have only a few rows.
 * @param workers most pages in flight
 * @param bytes estimated size of the read; null: unknown
 */
export function pieceCount(workers: number, bytes: number | null): PieceCount {
  const least = Math.min(Math.max(workers * PIECES_A_WORKER, FEWEST_PIECES), MOST_EQUAL_PIECES);
  const few = bytes === null ? least : Math.max(1, Math.ceil(bytes / SMALLEST_PIECE_BYTES));
  return few < least ? { least: few, enough: few } : { least, enough: MOST_PIECES };
}

/**
 * Cuts the tokens between two bounds so that each is in exactly one piece: no piece crosses the ring's end, and each knows
 * which nodes hold it completely. The smallest token, −2^63, belongs to no row, so as an exclusive lower bound it leaves
 * nothing out.
 * @param replication null or an unknown strategy: pieces of equal size without known nodes
 * @returns in token order; empty if the bounds leave nothing
 */
export function planPieces(
  nodes: readonly RingNode[],
  replication: ReplicationStrategy | null,
  bounds: TokenRange,
  { least, enough }: PieceCount,
): ScanPiece[] {
  if (bounds.to <= bounds.from) return [];
  const owned = joinNeighbours(within(ownedRanges(nodes, replication), bounds), Math.max(least, enough));
  const pieces = owned.length > 0 ? owned : [{ ...bounds, replicas: [] }];
  const target = (bounds.to - bounds.from) / BigInt(least);
  return pieces.flatMap((piece) => cut(piece, target));
}

/** The ring's ranges in token order, cut where the ring ends. None if placement is unknown. */
function ownedRanges(nodes: readonly RingNode[], replication: ReplicationStrategy | null): ScanPiece[] {
  if (replication === null || replication.kind === 'unknown') return [];
  const [ring, sizes] = [ringTokens(nodes), datacenterSizes(nodes)];
  const ranges = rangesOf(ring.map(({ token }) => token));
  const pieces = ranges.flatMap((range, index) => {
    const replicas = placeAt(ring, index, replication, sizes);
    return unwrap(range).map((part) => ({ ...part, replicas }));
  });
  return pieces.sort((left, right) => (left.from < right.from ? -1 : 1));
}

function within(pieces: readonly ScanPiece[], { from, to }: TokenRange): ScanPiece[] {
  const clipped = pieces.map((piece) => ({
    from: piece.from > from ? piece.from : from,
    to: piece.to < to ? piece.to : to,
    replicas: piece.replicas,
  }));
  return clipped.filter((piece) => piece.to > piece.from);
}

/**
 * Joins neighbours with the same nodes; if there are still more than enough, those that share a node; if still too many, any
 * neighbours. What is read together fails together when no remaining node holds it.
 */
function joinNeighbours(pieces: readonly ScanPiece[], enough: number): ScanPiece[] {
  const same = joinWhere(pieces, (left, right, shared) => {
    return shared.length === left.replicas.length && shared.length === right.replicas.length;
  });
  if (same.length <= enough) return same;
  const span = (same.at(-1)?.to ?? 0n) - (same[0]?.from ?? 0n);
  const isSmall = (left: ScanPiece, right: ScanPiece, parts: number) => right.to - left.from <= span / BigInt(parts);
  const sharing = joinWhere(same, (left, right, shared) => shared.length > 0 && isSmall(left, right, enough));
  const most = Math.max(enough, MOST_PIECES);
  return sharing.length <= most ? sharing : joinWhere(sharing, (left, right) => isSmall(left, right, most));
}

type MayJoin = (left: ScanPiece, right: ScanPiece, shared: readonly string[]) => boolean;

function joinWhere(pieces: readonly ScanPiece[], mayJoin: MayJoin): ScanPiece[] {
  const joined: ScanPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const shared = last?.replicas.filter((id) => piece.replicas.includes(id)) ?? [];
    if (last !== undefined && mayJoin(last, piece, shared)) {
      joined[joined.length - 1] = { from: last.from, to: piece.to, replicas: shared };
    } else joined.push(piece);
  }
  return joined;
}

/** Parts of equal size, none larger than `target` except for rounding to whole tokens. */
function cut({ from, to, replicas }: ScanPiece, target: bigint): ScanPiece[] {
  const size = to - from;
  const step = target > 0n ? target : 1n;
  const parts = (size + step - 1n) / step;
  return Array.from({ length: Number(parts) }, (_, index) => ({
    from: from + (size * BigInt(index)) / parts,
    to: from + (size * BigInt(index + 1)) / parts,
    replicas,
  }));
}
