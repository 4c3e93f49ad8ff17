/**
 * CQL types as data: one closed shape for every type that a column, field or parameter can have.
 * Rooms exchange this shape; its text form is made and read in `type-text.ts`.
 */

import type { NativeTypeName } from './native-types';

export { NATIVE_TYPES, type NativeTypeName } from './native-types';

export interface UdtField {
  readonly name: string;
  readonly type: CqlType;
}

/**
 * A CQL type. `frozen` is kept where the schema says it, because the text form shows it; it never changes how a value
 * is read. A `custom` type is one that Ringside does not know: its values are opaque bytes.
 */
export type CqlType =
  | { readonly kind: 'native'; readonly name: NativeTypeName }
  | { readonly kind: 'list' | 'set'; readonly of: CqlType; readonly frozen?: boolean }
  | { readonly kind: 'map'; readonly key: CqlType; readonly value: CqlType; readonly frozen?: boolean }
  | { readonly kind: 'tuple'; readonly of: readonly CqlType[] }
  | { readonly kind: 'vector'; readonly of: CqlType; readonly dimensions: number }
  | {
      readonly kind: 'udt';
      readonly keyspace: string;
      readonly name: string;
      readonly fields: readonly UdtField[];
      readonly frozen?: boolean;
    }
  | { readonly kind: 'custom'; readonly className: string };
