import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { mapPairs } from '@/lib/wire/json-texts';
import { isNested, valueText } from './value-text';

/** A nested value as a tree, of which only what is open is ever looked at. */
export interface ValueNode {
  /** The way to it from the root, `$`. */
  readonly id: string;
  readonly depth: number;
  /** A place, a key, a field; for a group the places it holds. */
  readonly label: string;
  readonly kind: 'root' | 'place' | 'key' | 'field' | 'group';
  readonly value: JsonValue;
  /** Undefined where it is not known, and for a group. */
  readonly type: CqlType | undefined;
  /** Parts inside; null for a single value. */
  readonly parts: number | null;
}

/** More parts than this are shown in groups. */
const GROUP = 100;
/** A value with fewer parts in all is open from the beginning. */
const OPEN_AT_FIRST = 150;

interface Part {
  readonly label: string;
  readonly kind: ValueNode['kind'];
  readonly value: JsonValue;
  readonly type: CqlType | undefined;
}

interface Parts {
  readonly count: number;
  readonly at: (index: number) => Part;
}

export function rootNode(value: JsonValue, type: CqlType | undefined): ValueNode {
  return nodeOf('$', 0, { label: '', kind: 'root', value, type });
}

function nodeOf(id: string, depth: number, part: Part): ValueNode {
  return { id, depth, ...part, parts: isNested(part.value) ? partsOf(part.value, part.type).count : null };
}

/** The nodes that are seen while those in `open` are open, in their order. */
export function visibleNodes(root: ValueNode, open: ReadonlySet<string>): readonly ValueNode[] {
  const nodes: ValueNode[] = [];
  const visit = (node: ValueNode) => {
    nodes.push(node);
    if (open.has(node.id)) for (const inner of insideOf(node)) visit(inner);
  };
  visit(root);
  return nodes;
}

/** The nodes directly inside a node: its parts, or groups of them where there are many. */
function* insideOf(node: ValueNode): Generator<ValueNode> {
  if (!isNested(node.value)) return;
  const parts = partsOf(node.value, node.type);
  const [from, to] = node.kind === 'group' ? boundsOf(node) : [0, parts.count];
  const owner = node.kind === 'group' ? node.id.slice(0, node.id.lastIndexOf(':')) : node.id;
  if (node.kind === 'group' || parts.count <= GROUP) {
    for (let index = from; index < to; index += 1) yield nodeOf(`${owner}.${index}`, node.depth + 1, parts.at(index));
    return;
  }
  for (let first = 0; first < parts.count; first += GROUP) {
    const last = Math.min(first + GROUP, parts.count) - 1;
    const group = { label: `${first} … ${last}`, kind: 'group', value: node.value, type: node.type } as const;
    yield { id: `${owner}:${first}`, depth: node.depth + 1, ...group, parts: last - first + 1 };
  }
}

function boundsOf({ id, parts }: ValueNode): [number, number] {
  const first = Number(id.slice(id.lastIndexOf(':') + 1));
  return [first, first + (parts ?? 0)];
}

/** What is open at first: everything of a small value, else as much as fits, the outer parts before the inner. */
export function openAtFirst(root: ValueNode): ReadonlySet<string> {
  const open = new Set<string>();
  const waiting = [root];
  let seen = 1;
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    const inside = Math.ceil((node.parts ?? 0) / ((node.parts ?? 0) > GROUP ? GROUP : 1));
    if (inside === 0 || (seen + inside > OPEN_AT_FIRST && node !== root)) continue;
    seen += inside;
    open.add(node.id);
    if (seen < OPEN_AT_FIRST) for (const inner of insideOf(node)) if (inner.kind !== 'group') waiting.push(inner);
  }
  return open;
}

/** A place where a search found something: the node, and what must be open to see it. */
export interface FoundNode {
  readonly id: string;
  readonly open: readonly string[];
}

/** Single values, keys and fields that hold `needle`, whatever its case; at most `limit`. */
export function findNodes(root: ValueNode, needle: string, limit: number): readonly FoundNode[] {
  const wanted = needle.toLowerCase();
  const found: FoundNode[] = [];
  if (wanted === '') return found;
  const holds = (text: string) => text.toLowerCase().includes(wanted);
  const visit = (value: JsonValue, type: CqlType | undefined, id: string, open: readonly string[]) => {
    if (!isNested(value)) return;
    const parts = partsOf(value, type);
    for (let index = 0; index < parts.count && found.length < limit; index += 1) {
      const part = parts.at(index);
      const group = parts.count > GROUP ? [`${id}:${Math.floor(index / GROUP) * GROUP}`] : [];
      const inner = `${id}.${index}`;
      const way = [...open, id, ...group];
      const named = part.kind !== 'place' && holds(part.label);
      if (named || (!isNested(part.value) && holds(valueText(part.value, part.type))))
        found.push({ id: inner, open: way });
      visit(part.value, part.type, inner, way);
    }
  };
  visit(root.value, root.type, root.id, []);
  return found;
}

const pairsOfMaps = new WeakMap<object, readonly (readonly [JsonValue, JsonValue])[]>();

function partsOf(
  value: readonly JsonValue[] | { readonly [key: string]: JsonValue },
  type: CqlType | undefined,
): Parts {
  if (type?.kind === 'map') return mapParts(value, type);
  if (isList(value)) {
    return {
      count: value.length,
      at: (index) => ({
        label: String(index),
        kind: 'place',
        value: value[index] ?? null,
        type: elementType(type, index),
      }),
    };
  }
  const names =
    type?.kind === 'udt' && type.fields.length > 0 ? type.fields.map(({ name }) => name) : Object.keys(value);
  return {
    count: names.length,
    at: (index) => {
      const name = names[index] ?? '';
      const field = type?.kind === 'udt' ? type.fields.find((one) => one.name === name)?.type : undefined;
      const inside = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
      return { label: name, kind: 'field', value: inside, type: field };
    },
  };
}

function mapParts(value: object & JsonValue, type: CqlType & { kind: 'map' }): Parts {
  const known = pairsOfMaps.get(value) ?? mapPairs(value, type);
  pairsOfMaps.set(value, known);
  return {
    count: known.length,
    at: (index) => {
      const [key = null, of = null] = known[index] ?? [];
      return { label: valueText(key, type.key), kind: 'key', value: of, type: type.value };
    },
  };
}

function elementType(type: CqlType | undefined, index: number): CqlType | undefined {
  if (type?.kind === 'tuple') return type.of[index];
  return type?.kind === 'list' || type?.kind === 'set' || type?.kind === 'vector' ? type.of : undefined;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
