import { MAX_TOKEN, MIN_TOKEN } from './murmur3';
import { ringTokens } from './placement';
import { rangeSize, shareOfRing } from './ranges';

/**
 * The token ring as a picture: arcs on a circle, clockwise from the smallest Murmur3 token at the top. An arc is a run of
 * neighbouring token ranges with the same primary node. All ranges of a run also have the same replicas, because a walk
 * along the ring from any of their tokens meets the other nodes in the same order.
 */

export interface ArcNode {
  readonly address: string;
  /** Signed 64-bit integers as decimal text, as in the topology. */
  readonly tokens: readonly string[];
}

export interface Arc {
  /** Address of the primary. */
  readonly address: string;
  /** Exclusive start of the range. */
  readonly from: bigint;
  /** Inclusive end; equal to `from` if the arc is the whole ring, below it if the range crosses the end. */
  readonly to: bigint;
  /** Where the arc starts, as a share of the circle from the top, 0 to 1. */
  readonly start: number;
  /** How much of the circle it covers, 0 to 1. */
  readonly sweep: number;
  /** How many token ranges it covers. */
  readonly ranges: number;
}

const RING_SIZE = 2n ** 64n;
const SHARE_BITS = 53n;

/** A token's share of the circle, 0 to 1: −2^63 is at 0. */
export function circleShare(token: bigint): number {
  return shareOfRing(token - MIN_TOKEN);
}

/** The token at a share of the circle; the inverse of {@link circleShare}, within the precision of a number. */
export function tokenAtShare(share: number): bigint {
  const whole = share - Math.floor(share);
  return MIN_TOKEN + ((BigInt(Math.floor(whole * 2 ** 53)) * RING_SIZE) >> SHARE_BITS);
}

/**
 * The arcs of a ring, in token order, as few as possible. A token that is not a 64-bit integer (a partitioner
 * other than Murmur3) yields no arcs at all: such a ring cannot be drawn to scale.
 */
export function arcsOf(nodes: readonly ArcNode[]): Arc[] {
  const owners = sortedOwners(nodes);
  const last = owners.at(-1);
  if (owners.length === 0 || last === undefined) return [];
  if (owners.every(({ address }) => address === last.address))
    return [arc(last.address, last.token, last.token, owners.length)];
  const runs: Arc[] = [];
  let from = last.token;
  for (const { address, token } of owners) {
    const before = runs.at(-1);
    if (before?.address === address) runs[runs.length - 1] = extend(before, token);
    else runs.push(arc(address, from, token, 1));
    from = token;
  }
  return joinOverTheEnd(runs);
}

/** The index of the arc that holds a token; -1 only when there are no arcs. */
export function arcIndexOf(arcs: readonly Arc[], token: bigint): number {
  let low = 0;
  let high = arcs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = arcs[middle];
    if (candidate !== undefined && candidate.to < token) low = middle + 1;
    else high = middle;
  }
  return arcs.length === 0 ? -1 : low % arcs.length;
}

interface Owner {
  readonly address: string;
  readonly token: bigint;
}

function sortedOwners(nodes: readonly ArcNode[]): Owner[] {
  const parsed = nodes.map(({ address, tokens }) => ({ address, tokens: tokens.map(parseToken) }));
  if (parsed.some(({ tokens }) => tokens.includes(undefined))) return [];
  const ring = parsed.map(({ address, tokens }) => ({
    id: address,
    datacenter: '',
    rack: '',
    tokens: tokens.filter((token) => token !== undefined),
  }));
  return ringTokens(ring).map(({ token, node }) => ({ token, address: node.id }));
}

function parseToken(text: string): bigint | undefined {
  if (!/^-?\d{1,19}$/.test(text)) return undefined;
  const token = BigInt(text);
  return token >= MIN_TOKEN && token <= MAX_TOKEN ? token : undefined;
}

function arc(address: string, from: bigint, to: bigint, ranges: number): Arc {
  return { address, from, to, start: circleShare(from), sweep: shareOfRing(rangeSize({ from, to })), ranges };
}

function extend(run: Arc, to: bigint): Arc {
  return arc(run.address, run.from, to, run.ranges + 1);
}

/** The first run starts after the last token, so it and the last run are neighbours. */
function joinOverTheEnd(runs: readonly Arc[]): Arc[] {
  const first = runs[0];
  const last = runs.at(-1);
  if (first === undefined || last === undefined || runs.length < 2 || first.address !== last.address) return [...runs];
  return [arc(first.address, last.from, first.to, last.ranges + first.ranges), ...runs.slice(1, -1)];
}
