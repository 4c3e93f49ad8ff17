import { qualifiedName, quoteIdentifier } from '../identifiers';
import type { TableAddress } from './nodes';

/**
 * The fixed text of statements, apart from their values: what prints a node, and what writes a million rows, fill in the
 * same frame.
 */

/** `INSERT INTO table (` names `) VALUES (` values `)`, with `between` each two of them. */
export interface InsertFrame {
  readonly begin: string;
  readonly between: string;
  readonly values: string;
  readonly end: string;
}

export function insertFrame({ keyspace, table }: TableAddress): InsertFrame {
  return { begin: `INSERT INTO ${qualifiedName(keyspace, table)} (`, between: ', ', values: ') VALUES (', end: ')' };
}

/** An INSERT of the columns, with their values where they belong. */
export function filledInsert<T>(table: TableAddress, columns: readonly string[], values: readonly T[]): (string | T)[] {
  const { begin, between, values: middle, end } = insertFrame(table);
  const names = columns.map(quoteIdentifier).join(between);
  return [
    `${begin}${names}${middle}`,
    ...joined(
      values.map((value) => [value]),
      between,
    ),
    end,
  ];
}

/** `UPDATE table SET ` assignments ` WHERE ` conditions, with `between` and `and` each two of them. */
export const UPDATE = { set: ' SET ', between: ', ', where: ' WHERE ', and: ' AND ' } as const;

export function updateBegin({ keyspace, table }: TableAddress): string {
  return `UPDATE ${qualifiedName(keyspace, table)}`;
}

/** Before the value that is added to a counter, or taken from it. */
export function countText(column: string, sign: '+' | '-'): string {
  const name = quoteIdentifier(column);
  return `${name} = ${name} ${sign} `;
}

/** Before the value that a column must have, or gets. */
export function equalsText(column: string): string {
  return `${quoteIdentifier(column)} = `;
}

/** ` USING TIMESTAMP ` … ` AND TTL ` …, with what there is of both. */
export function usingPieces<T>(timestamp: T | null, ttl: T | null): (string | T)[] {
  const parts = [...(timestamp === null ? [] : [['TIMESTAMP ', timestamp]]), ...(ttl === null ? [] : [['TTL ', ttl]])];
  return parts.length === 0 ? [] : [' USING ', ...joined(parts, ' AND ')];
}

/** The parts one after another, with `between` each two of them. */
export function joined<T>(parts: readonly (readonly (string | T)[])[], between: string): (string | T)[] {
  return parts.flatMap((part, at) => (at === 0 ? part : [between, ...part]));
}
