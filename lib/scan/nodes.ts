import 'server-only';
import type { Host } from '@/lib/cassandra/client/driver';
import type { Piece } from './piece';
import type { ScanSource } from './source';

/** How long to avoid a node after its first failure; doubles with each further one. */
const [AVOID_MS, LONGEST_AVOID_MS] = [5_000, 60_000];

/** From this try on no node is preferred: the driver picks any coordinator. */
const ANY_NODE_FROM = 3;

interface Trouble {
  until: number;
  times: number;
}

/** Chooses the node to request a page from: the least busy replica of the piece, the same from page to page. */
export class ScanNodes {
  readonly #busy = new Map<string, number>();
  readonly #troubles = new Map<string, Trouble>();
  readonly #source: ScanSource;

  constructor(source: ScanSource) {
    this.#source = source;
  }

  /** The node for a piece's next page; undefined: no preference. */
  choose(piece: Piece, nowMs: number): Host | undefined {
    if (this.#source.onlyHost !== undefined) return this.#source.onlyHost;
    if (piece.attempts >= ANY_NODE_FROM) return this.#leave(piece);
    const hosts = this.#healthy(piece, nowMs);
    const own = hosts.find(({ address }) => address === piece.host);
    if (own !== undefined) return own;
    this.#leave(piece);
    const [best] = hosts.toSorted((one, other) => this.#load(one) - this.#load(other));
    if (best === undefined) return undefined;
    piece.host = best.address;
    this.#busy.set(best.address, this.#load(best) + 1);
    return best;
  }

  /** The load of the least busy node for a piece: pieces start where there is least to do. */
  loadFor(piece: Piece, nowMs: number): number {
    const loads = this.#healthy(piece, nowMs).map((host) => this.#load(host));
    return loads.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...loads);
  }

  /** The piece's node did not answer or failed: another one takes over. */
  failed(piece: Piece, isNodesFault: boolean, nowMs: number): void {
    const { host } = piece;
    this.#leave(piece);
    if (host === null || !isNodesFault) return;
    const times = (this.#troubles.get(host)?.times ?? 0) + 1;
    const avoidMs = Math.min(AVOID_MS * 2 ** (times - 1), LONGEST_AVOID_MS);
    this.#troubles.set(host, { until: nowMs + avoidMs, times });
  }

  answered(piece: Piece): void {
    if (piece.host !== null) this.#troubles.delete(piece.host);
  }

  /** The piece no longer needs its node. */
  ended(piece: Piece): void {
    this.#leave(piece);
  }

  #healthy(piece: Piece, nowMs: number): Host[] {
    const hosts = this.#source.hosts(piece.piece);
    const healthy = hosts.filter(({ address }) => (this.#troubles.get(address)?.until ?? 0) <= nowMs);
    return healthy.length > 0 ? healthy : hosts;
  }

  #load({ address }: Host): number {
    return this.#busy.get(address) ?? 0;
  }

  #leave(piece: Piece): undefined {
    const { host } = piece;
    if (host === null) return;
    this.#busy.set(host, Math.max(0, (this.#busy.get(host) ?? 0) - 1));
    piece.host = null;
  }
}
