import type { JsonValue } from '@/lib/contract/json';
import type { TableShape } from '../schema-lookup';
import type { CqlType } from '../types';

/**
 * Changes of data as frozen trees. The constructors (`insert.ts`, `update.ts`, `delete.ts`, `batch.ts`) check them,
 * `print.ts` writes them, and nothing changes them in between: what a person reads is what runs.
 */

export interface TableAddress {
  readonly keyspace: string;
  readonly table: string;
}

/** The table that a change is made for, with what is known of its columns. */
export interface MutatedTable extends TableAddress {
  readonly shape: TableShape;
}

/** A value that stands in the statement: as a bind marker or as a literal. */
export interface Value {
  /** What it is, for messages: a column, `tags[…]`, `TTL`. */
  readonly name: string;
  readonly type: CqlType;
  readonly value: JsonValue;
}

/** A value of a column of the primary key, or of a column that is inserted. */
export interface ColumnValue extends Value {
  readonly column: string;
}

/** The partition that a statement changes, and as many clustering columns as it names. */
export interface NodeKey {
  readonly partition: readonly ColumnValue[];
  readonly clustering: readonly ColumnValue[];
}

/** A column, an element of a list, map or set, or a field of a user-defined type. */
export type AssignmentTarget =
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'element'; readonly column: string; readonly key: Value }
  | { readonly kind: 'field'; readonly column: string; readonly field: string };

export type Assignment =
  | { readonly kind: 'set'; readonly place: AssignmentTarget; readonly value: Value }
  | { readonly kind: 'append' | 'prepend' | 'remove'; readonly column: string; readonly value: Value }
  | { readonly kind: 'count'; readonly column: string; readonly sign: '+' | '-'; readonly value: Value };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IN';

export interface Comparison {
  readonly place: AssignmentTarget;
  readonly operator: ComparisonOperator;
  /** One, or for IN any number. */
  readonly values: readonly Value[];
}

/** What follows IF. A comparison with null also holds for a row that does not exist. */
export type Condition =
  | { readonly kind: 'exists' }
  | { readonly kind: 'not_exists' }
  | { readonly kind: 'all'; readonly comparisons: readonly Comparison[] };

export interface Using {
  /** Microseconds since 1970, a signed 64-bit integer. */
  readonly timestamp: Value | null;
  readonly ttl: Value | null;
}

interface RowNode {
  readonly table: TableAddress;
  readonly key: NodeKey;
  readonly condition: Condition | null;
  readonly using: Using;
  /** The table is one of counters. */
  readonly isCounter: boolean;
}

export interface InsertNode extends RowNode {
  readonly kind: 'insert';
  /** Static and regular columns; those that stay unset are not among them. */
  readonly values: readonly ColumnValue[];
}

export interface UpdateNode extends RowNode {
  readonly kind: 'update';
  readonly assignments: readonly Assignment[];
}

export interface Bound {
  readonly operator: '>' | '>=' | '<' | '<=';
  readonly value: ColumnValue;
}

export interface DeleteNode extends RowNode {
  readonly kind: 'delete';
  readonly scope: 'columns' | 'row' | 'range' | 'partition';
  /** What is deleted of the row; empty: all of the scope. */
  readonly places: readonly AssignmentTarget[];
  /** Of a range: bounds of the clustering column that follows those in the key. */
  readonly bounds: readonly Bound[];
}

export type BatchType = 'logged' | 'unlogged' | 'counter';

export interface BatchNode {
  readonly kind: 'batch';
  readonly type: BatchType;
  readonly statements: readonly (InsertNode | UpdateNode | DeleteNode)[];
  readonly timestamp: Value | null;
}

export type MutationNode = InsertNode | UpdateNode | DeleteNode | BatchNode;

/** A change that Cassandra would refuse, or that is no change. The message says why and what to do. */
export class MutationError extends Error {
  override readonly name = 'MutationError';
}

/** The node, with all that it consists of, so that nothing can change it. */
export function frozen<T>(node: T): T {
  if (typeof node !== 'object' || node === null || Object.isFrozen(node)) return node;
  for (const part of Object.values(node)) frozen(part);
  return Object.freeze(node);
}
