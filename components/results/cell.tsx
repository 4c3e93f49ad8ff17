import type { ReactNode } from 'react';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { isText, valuePreview } from './value-text';

/** More than the widest column shows; the inspector has the rest. */
const PREVIEW_CHARACTERS = 240;

/** What a cell shows. Null, empty text and the zero-length value of another type are three things and look it. */
export function cellContent(value: JsonValue, type: CqlType | undefined): ReactNode {
  if (value === null) return <Token>null</Token>;
  if (value === '') return <Token>{isText(type) ? '""' : 'empty'}</Token>;
  if (typeof value === 'boolean') return <span className="text-syntax-type">{String(value)}</span>;
  return valuePreview(value, type, PREVIEW_CHARACTERS);
}

/** Not a value that somebody typed: set apart by colour and slant. */
function Token({ children }: { children: ReactNode }) {
  return <span className="text-faint italic">{children}</span>;
}
