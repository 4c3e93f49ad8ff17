import type { ReactNode } from 'react';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { cellText, tokenOf } from './cell-text';

/** What a cell shows. Null, empty text and the zero-length value of another type are three things and look it. */
export function cellContent(value: JsonValue, type: CqlType | undefined): ReactNode {
  // Not a value that somebody typed: set apart by colour and slant.
  if (tokenOf(value, type) !== undefined) return <span className="text-faint italic">{cellText(value, type)}</span>;
  if (typeof value === 'boolean') return <span className="text-syntax-type">{String(value)}</span>;
  return cellText(value, type);
}
