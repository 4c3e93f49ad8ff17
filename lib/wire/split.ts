import type { CqlType } from '@/lib/cql/types';
import { checkEnd, elementCount, elementLength } from './cell';
import { vectorElementAt } from './nested';
import { vectorElementBytes } from './sizes';

/** The bytes of an element: null for a null. */
export type Part = Uint8Array | null;

function partsAt(bytes: Uint8Array, start: number, count: number): { parts: Part[]; end: number } {
  const parts: Part[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const length = elementLength(bytes, at, bytes.length);
    at += 4;
    parts.push(length < 0 ? null : bytes.subarray(at, at + length));
    at += Math.max(0, length);
  }
  return { parts, end: at };
}

/** The elements of a list or set; with `perEntry` 2 the alternating keys and values of a map. Throws WireError. */
export function splitCollection(bytes: Uint8Array, perEntry: 1 | 2 = 1): Part[] {
  const count = elementCount(bytes, 0, bytes.length);
  const { parts, end } = partsAt(bytes, 4, count * perEntry);
  checkEnd(end, bytes.length);
  return parts;
}

/** The `count` fields of a tuple or UDT; those missing at the end are null. Throws WireError. */
export function splitFields(bytes: Uint8Array, count: number): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (parts.length < count && at < bytes.length) {
    const { parts: one, end } = partsAt(bytes, at, 1);
    parts.push(...one);
    at = end;
  }
  checkEnd(at, bytes.length);
  while (parts.length < count) parts.push(null);
  return parts;
}

/** The elements of a vector. Throws WireError. */
export function splitVector(bytes: Uint8Array, of: CqlType, dimensions: number): Uint8Array[] {
  const elementBytes = vectorElementBytes(of);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let i = 0; i < dimensions; i++) {
    const fixed = { start: at, end: at + elementBytes };
    const element = elementBytes > 0 ? fixed : vectorElementAt(bytes, at, bytes.length);
    parts.push(bytes.subarray(element.start, element.end));
    at = element.end;
  }
  checkEnd(at, bytes.length);
  return parts;
}
