import { type JsonValue, jsonText } from '@/lib/contract/json';
import { comparisonOf } from '@/lib/local/value-orders';
import { murmur3Token, routingKey } from '@/lib/ring/murmur3';
import type { Part } from '@/lib/wire/split';
import { toJson } from '@/lib/wire/values';
import { type ComparedColumn, columnsOf, type Layout } from './columns';

/** A row, or the static values of a partition, which are compared once and stand before its rows. */
export interface Item {
  readonly partition: readonly Part[];
  /** Null: static values. */
  readonly clustering: readonly Part[] | null;
  /** Of the layout's regular columns; of its static ones where it has no clustering. */
  readonly values: readonly Part[];
}

/** Takes rows as they were read, in the columns of a layout, apart into items. Static values come with each row of a partition. */
export class ItemReader {
  readonly #layout: Layout;
  #partition: readonly Part[] | null = null;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** @param rows of a page, after those of the page before */
  items(rows: readonly (readonly Part[])[]): Item[] {
    return rows.flatMap((row) => this.#itemsOf(row));
  }

  #itemsOf(row: readonly Part[]): Item[] {
    const { partition: key, clustering, statics } = this.#layout;
    const [clusteringAt, staticsAt] = [key.length, key.length + clustering.length];
    const regularsAt = staticsAt + statics.length;
    const partition = row.slice(0, clusteringAt);
    const isFirst = this.#partition === null || !areSame(this.#partition, partition);
    this.#partition = partition;
    const items: Item[] = [];
    const values = row.slice(staticsAt, regularsAt);
    if (isFirst && values.some((value) => value !== null)) items.push({ partition, clustering: null, values });
    const place = row.slice(clusteringAt, staticsAt);
    // A partition with static values alone is read as a row without clustering values.
    if (clustering.length > 0 && place[0] === null) return items;
    items.push({ partition, clustering: place, values: row.slice(regularsAt) });
    return items;
  }
}

/** How the items of one layout are ordered, distinguished and named. */
export class ItemRules {
  readonly #layout: Layout;
  readonly #orders: readonly ((a: JsonValue, b: JsonValue) => number)[];

  /** @param layout its clustering columns have types with an order */
  constructor(layout: Layout) {
    this.#layout = layout;
    this.#orders = layout.clustering.map(({ type }) => comparisonOf(type) ?? unordered(type.kind));
  }

  /** The order in which every node returns rows: by token, then the key's bytes, then the clustering columns. */
  compare(one: Item, other: Item): number {
    if (!areSame(one.partition, other.partition)) return compareKeys(one.partition, other.partition);
    if (one.clustering === null || other.clustering === null) {
      return Number(other.clustering === null) - Number(one.clustering === null);
    }
    for (const [at, { type, isDescending }] of this.#layout.clustering.entries()) {
      const [left, right] = [one.clustering[at] ?? null, other.clustering[at] ?? null];
      if (isSameBytes(left, right)) continue;
      const found = this.#orders[at]?.(toJson(left, type), toJson(right, type)) ?? 0;
      if (found !== 0) return isDescending ? -found : found;
    }
    return 0;
  }

  /** The names of the columns in which two items with one key differ. A key of another form, such as 1.0 for 1.00, counts. */
  differences(one: Item, other: Item): string[] {
    const names = differing(this.#layout.clustering, one.clustering ?? [], other.clustering ?? []);
    const { statics, regulars } = this.#layout;
    return [...names, ...differing(one.clustering === null ? statics : regulars, one.values, other.values)];
  }

  /** An item's key in JSON form: of static values that of the partition. */
  keyOf({ partition, clustering }: Item): Record<string, JsonValue> {
    const named = (columns: readonly ComparedColumn[], parts: readonly Part[]) =>
      columns.map(({ name, type }, at) => [name, toJson(parts[at] ?? null, type)] as const);
    const { partition: ofPartition, clustering: ofRow } = this.#layout;
    const row = clustering === null ? [] : named(ofRow, clustering);
    return Object.fromEntries([...named(ofPartition, partition), ...row]);
  }
}

/** The selected columns of a layout, for a read whose rows an {@link ItemReader} takes. */
export function selectedNames(layout: Layout): string[] {
  return columnsOf(layout).map(({ name }) => name);
}

function differing(columns: readonly ComparedColumn[], one: readonly Part[], other: readonly Part[]): string[] {
  return columns.flatMap(({ name, type }, at) => (isSameValue(one[at] ?? null, other[at] ?? null, type) ? [] : [name]));
}

/**
 * Equal as values: null, empty and every value are kept apart, and a decimal's scale counts. Bytes that differ may mean the
 * same, such as a tuple whose last field is null or not written, so then their JSON forms decide.
 */
export function isSameValue(one: Part, other: Part, type: ComparedColumn['type']): boolean {
  if (isSameBytes(one, other)) return true;
  if (one === null || other === null) return false;
  return jsonText(toJson(one, type)) === jsonText(toJson(other, type));
}

/** By token, then by the unsigned bytes of the key, as Cassandra's DecoratedKey. */
function compareKeys(one: readonly Part[], other: readonly Part[]): number {
  const [left, right] = [one, other].map((parts) => routingKey(parts.map((part) => part ?? new Uint8Array(0))));
  if (left === undefined || right === undefined) return 0;
  const [leftToken, rightToken] = [murmur3Token(left), murmur3Token(right)];
  if (leftToken !== rightToken) return leftToken < rightToken ? -1 : 1;
  for (let at = 0; at < left.length && at < right.length; at++) {
    const found = (left[at] ?? 0) - (right[at] ?? 0);
    if (found !== 0) return found;
  }
  return left.length - right.length;
}

function areSame(one: readonly Part[], other: readonly Part[]): boolean {
  return one.every((part, at) => isSameBytes(part, other[at] ?? null));
}

function isSameBytes(one: Part, other: Part): boolean {
  if (one === null || other === null) return one === other;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

function unordered(kind: string): never {
  throw new TypeError(`a ${kind} has no order that is known here`);
}
