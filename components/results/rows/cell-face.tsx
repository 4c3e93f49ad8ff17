import type { CellFace } from '@/components/grid/types';
import { mustBeDrawn, Shown } from '@/components/ui/shown';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { cellText, tokenOf } from '@/lib/values/cell-text';
import { isNested } from '@/lib/values/value-text';

/** What a cell shows. Null, empty text and the zero-length value of another type are three things and look it. */
export function cellFace(value: JsonValue, type: CqlType | undefined, characters?: number): CellFace {
  const text = cellText(value, type, characters);
  // Not a value that somebody typed: set apart by colour and slant.
  if (tokenOf(value, type) !== undefined) return { text, className: 'text-faint italic' };
  if (typeof value === 'boolean') return { text, className: 'text-syntax-type' };
  const as = isNested(value) ? 'nested' : 'line';
  return mustBeDrawn(text, as) ? { text, content: <Shown text={text} as={as} /> } : { text };
}
