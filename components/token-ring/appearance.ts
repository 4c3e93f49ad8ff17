import type { Node } from '@/lib/contract/topology';

/** As many colours as people, whatever their colour vision, can tell apart in one picture. */
export const COLOURS = 12;

/** Fills over a colour, one for each rack: the first is plain. */
export const PATTERNS = ['plain', 'stripes', 'dots', 'backstripes', 'bars', 'grid'] as const;
export type Pattern = (typeof PATTERNS)[number];

export interface NodeLook {
  /** 0 to {@link COLOURS} − 1: a place in the palette. */
  readonly colour: number;
  readonly pattern: Pattern;
}

export interface RingLook {
  readonly colouredBy: 'node' | 'datacenter';
  /** False where a pattern would say nothing: no datacenter has a second rack, or the colours tell the racks apart. */
  readonly showsRacks: boolean;
  /** By node address. */
  readonly nodes: ReadonlyMap<string, NodeLook>;
  readonly legend: readonly { readonly look: NodeLook; readonly label: string }[];
}

/**
 * What every node looks like: its own colour up to {@link COLOURS} nodes, its datacenter's beyond; its rack as a pattern,
 * unless every node has both its own colour and its own rack. It depends on names alone, so that a node keeps its look
 * while others come, go or change state.
 */
export function lookOf(nodes: readonly Pick<Node, 'address' | 'datacenter' | 'rack'>[]): RingLook {
  const datacenters = sortedUnique(nodes.map(({ datacenter }) => datacenter));
  const addresses = sortedUnique(nodes.map(({ address }) => address));
  const racks = new Map(datacenters.map((name) => [name, racksOf(nodes, name)]));
  const byNode = addresses.length <= COLOURS;
  const showsRacks = [...racks.values()].some(({ length }) => length > 1) && !(byNode && hasRacksOfOne(nodes));
  const looks = new Map<string, NodeLook>();
  for (const { address, datacenter, rack } of nodes) {
    const place = byNode ? addresses.indexOf(address) : datacenters.indexOf(datacenter);
    const rackPlace = showsRacks ? (racks.get(datacenter)?.indexOf(rack) ?? 0) : 0;
    looks.set(address, { colour: place % COLOURS, pattern: PATTERNS[rackPlace % PATTERNS.length] ?? 'plain' });
  }
  return {
    colouredBy: byNode ? 'node' : 'datacenter',
    showsRacks,
    nodes: looks,
    legend: byNode ? [] : legendOf(nodes, looks),
  };
}

/** One entry for each datacenter and rack, in the order of their names. */
function legendOf(
  nodes: readonly Pick<Node, 'address' | 'datacenter' | 'rack'>[],
  looks: ReadonlyMap<string, NodeLook>,
): RingLook['legend'] {
  const entries = new Map<string, NodeLook>();
  for (const { address, datacenter, rack } of nodes) {
    const look = looks.get(address);
    if (look !== undefined) entries.set(`${datacenter} · ${rack}`, look);
  }
  return [...entries].map(([label, look]) => ({ label, look })).sort((a, b) => compare(a.label, b.label));
}

function hasRacksOfOne(nodes: readonly Pick<Node, 'datacenter' | 'rack'>[]): boolean {
  return new Set(nodes.map(({ datacenter, rack }) => JSON.stringify([datacenter, rack]))).size === nodes.length;
}

function racksOf(nodes: readonly Pick<Node, 'datacenter' | 'rack'>[], datacenter: string): string[] {
  return sortedUnique(nodes.filter((node) => node.datacenter === datacenter).map(({ rack }) => rack));
}

function sortedUnique(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compare);
}

/** 127.0.0.2 before 127.0.0.10. */
function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
