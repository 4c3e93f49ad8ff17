import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { imageType } from './hex';
import { isBlob, isNested, isText } from './value-text';

/** The ways in which a value can be looked at. */
export type ViewName = 'tree' | 'text' | 'json' | 'cql' | 'hex' | 'image';

export const VIEW_LABELS: Readonly<Record<ViewName, string>> = {
  tree: 'Tree',
  text: 'Text',
  json: 'JSON',
  cql: 'CQL',
  hex: 'Hex',
  image: 'Image',
};

/** The views of a value, the usual one first; none for what is no value that has something to show. */
export function viewsOf(value: JsonValue, type: CqlType | undefined): readonly ViewName[] {
  if (value === null || value === '') return [];
  if (isNested(value)) return ['tree', 'json', 'cql'];
  if (typeof value !== 'string') return ['text'];
  if (isBlob(type)) {
    const image: readonly ViewName[] = imageType(value) === undefined ? [] : ['image'];
    return ['hex', ...image, 'text', 'json'];
  }
  return isText(type) && looksLikeJson(value) ? ['text', 'json'] : ['text'];
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}
