import type { Node } from '@/lib/contract/topology';
import { LOSS_LEVELS, type LossLevel } from '@/lib/ring/loss';

/** What a question is about: nodes that are lost, another replication, or one node more or less. */
export const QUESTIONS = ['loss', 'replication', 'nodes'] as const;
export type Question = (typeof QUESTIONS)[number];

/** What the page keeps in its address, so that a question can be sent to somebody. */
export interface WhatIfAddress {
  readonly question: Question;
  /** Lost as a whole: what joins them later is lost as well. */
  readonly datacenters: readonly string[];
  /** As {@link rackName} writes them. */
  readonly racks: readonly string[];
  /** Addresses of single nodes. */
  readonly nodes: readonly string[];
  /** The coordinator's datacenter, for the LOCAL levels. Null: the first. */
  readonly from: string | null;
  /** The keyspace and level that are explained, and the keyspace that is changed. Null: the worst, and the first. */
  readonly keyspace: string | null;
  readonly level: LossLevel | null;
}

const LISTS = { datacenters: 'datacenter', racks: 'rack', nodes: 'node' } as const;

export function readWhatIfAddress(search: string): WhatIfAddress {
  const given = new URLSearchParams(search);
  const [question, level] = [given.get('question'), given.get('level')];
  return {
    question: QUESTIONS.find((one) => one === question) ?? 'loss',
    datacenters: given.getAll(LISTS.datacenters),
    racks: given.getAll(LISTS.racks),
    nodes: given.getAll(LISTS.nodes),
    from: given.get('from'),
    keyspace: given.get('keyspace'),
    level: LOSS_LEVELS.find((one) => one === level) ?? null,
  };
}

/** The query string with `change` in it. */
export function writeWhatIfAddress(search: string, change: Partial<WhatIfAddress>): string {
  const next = new URLSearchParams(search);
  const put = (name: string, texts: readonly string[]) => {
    next.delete(name);
    for (const text of texts) next.append(name, text);
  };
  for (const field of ['datacenters', 'racks', 'nodes'] as const) {
    const texts = change[field];
    if (texts !== undefined) put(LISTS[field], texts);
  }
  for (const field of ['from', 'keyspace', 'level'] as const) {
    const text = change[field];
    if (text !== undefined) put(field, text === null ? [] : [text]);
  }
  if (change.question !== undefined) put('question', change.question === 'loss' ? [] : [change.question]);
  return next.toString();
}

type Placed = Pick<Node, 'address' | 'datacenter' | 'rack'>;

/** A rack within its datacenter, in a form that no other rack has: names may have a slash. */
function rackName({ datacenter, rack }: Pick<Node, 'datacenter' | 'rack'>): string {
  return `${encodeURIComponent(datacenter)}/${encodeURIComponent(rack)}`;
}

/** Addresses of the nodes that an address picks, of those that there are. */
export function pickedNodes(
  picked: Pick<WhatIfAddress, 'datacenters' | 'racks' | 'nodes'>,
  nodes: readonly Placed[],
): ReadonlySet<string> {
  const hit = nodes.filter(
    (node) =>
      picked.nodes.includes(node.address) ||
      picked.datacenters.includes(node.datacenter) ||
      picked.racks.includes(rackName(node)),
  );
  return new Set(hit.map(({ address }) => address));
}

/** The shortest names for these nodes: whole datacenters, whole racks, and the rest one by one. */
export function namesOfPicked(
  picked: ReadonlySet<string>,
  nodes: readonly Placed[],
): Pick<WhatIfAddress, 'datacenters' | 'racks' | 'nodes'> {
  const datacenters = wholeGroups(nodes, picked, ({ datacenter }) => datacenter);
  const left = nodes.filter(({ datacenter }) => !datacenters.includes(datacenter));
  const racks = wholeGroups(left, picked, rackName);
  const single = left.filter((node) => picked.has(node.address) && !racks.includes(rackName(node)));
  return { datacenters, racks, nodes: single.map(({ address }) => address) };
}

/** Groups of several nodes that are all picked; a group of one is named by its node. */
function wholeGroups(
  nodes: readonly Placed[],
  picked: ReadonlySet<string>,
  nameOf: (node: Placed) => string,
): string[] {
  const groups = new Map<string, Placed[]>();
  for (const node of nodes) groups.set(nameOf(node), [...(groups.get(nameOf(node)) ?? []), node]);
  return [...groups].flatMap(([name, members]) =>
    members.length > 1 && members.every(({ address }) => picked.has(address)) ? [name] : [],
  );
}
