import type { ChangedField, EventKind } from '@/lib/contract/events';

/** A node of the ring as it was last seen. */
export interface SeenNode {
  /** Host id. */
  readonly id: string;
  /** `host:port` for clients. */
  readonly address: string;
  readonly datacenter: string;
  readonly rack: string;
  readonly release: string | null;
  readonly tokenCount: number;
  /** The same for the same tokens. */
  readonly tokensMark: string;
  /**
   * `gossip_generation` of the node's `system.local`: the second of its start, or one more than before if its clock went
   * back. Null: it has not answered.
   */
  readonly generation: number | null;
}

/** A change of one node. */
export interface RingChange {
  readonly kind: EventKind;
  /** Its address. */
  readonly node: string;
  readonly fields: readonly ChangedField[];
}

/** What happened to the nodes of a ring between two views of it; a node is known by its host id. */
export function ringChanges(before: readonly SeenNode[], after: readonly SeenNode[]): RingChange[] {
  const [then, now] = [new Map(before.map((node) => [node.id, node])), new Map(after.map((node) => [node.id, node]))];
  const left = before
    .filter(({ id }) => !now.has(id))
    .map((node) => changeOf('node_left', node, placeOf(node, 'before')));
  const others = after.flatMap((node) => {
    const old = then.get(node.id);
    return old === undefined ? [changeOf('node_joined', node, placeOf(node, 'after'))] : changesOf(old, node);
  });
  return [...left, ...others];
}

function changesOf(old: SeenNode, node: SeenNode): RingChange[] {
  const changes: RingChange[] = [];
  const facts = FACTS.flatMap(([field, read]) => {
    const [before, after] = [read(old), read(node)];
    return before === after ? [] : [{ field, before, after }];
  });
  if (facts.length > 0) changes.push(changeOf('node_changed', node, facts));
  if (old.tokensMark !== node.tokensMark) {
    const tokens = { field: 'tokens', before: String(old.tokenCount), after: String(node.tokenCount) };
    changes.push(changeOf('node_moved', node, [tokens]));
  }
  if (old.generation !== null && node.generation !== null && node.generation > old.generation) {
    const started = { field: 'started', before: startOf(old.generation), after: startOf(node.generation) };
    changes.push(changeOf('node_restarted', node, [started]));
  }
  return changes;
}

const FACTS: readonly (readonly [field: string, read: (node: SeenNode) => string | null])[] = [
  ['release', ({ release }) => release],
  ['address', ({ address }) => address],
  ['datacenter', ({ datacenter }) => datacenter],
  ['rack', ({ rack }) => rack],
];

function placeOf(node: SeenNode, side: 'before' | 'after'): ChangedField[] {
  const none = { before: null, after: null };
  const tokens = { field: 'tokens', ...none, [side]: String(node.tokenCount) };
  return [
    { field: 'datacenter', ...none, [side]: node.datacenter },
    { field: 'rack', ...none, [side]: node.rack },
    tokens,
  ];
}

/** A generation as the time of the start, ISO 8601 UTC. */
function startOf(generation: number): string {
  return new Date(generation * 1_000).toISOString();
}

function changeOf(kind: EventKind, { address }: SeenNode, fields: readonly ChangedField[]): RingChange {
  return { kind, node: address, fields };
}
