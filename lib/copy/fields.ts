import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';

/** A value of each source row: a column, its TTL or its write time. */
export interface Field {
  readonly name: string;
  readonly type: CqlType;
  /** Of a table's column; null: of a statement, or no column. */
  readonly kind: ColumnShape['kind'] | null;
  /** Its values are a mask, because whoever copies may not see them; absent: they are the table's. */
  readonly isMasked?: boolean;
}

/** A copy that cannot be made as it was asked for, and why. */
export class CopyError extends Error {
  override readonly name = 'CopyError';

  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

export function ttlField(column: string): string {
  return `ttl(${column})`;
}

export function writeTimeField(column: string): string {
  return `writetime(${column})`;
}
