import { dictionary } from '@/lib/contract/dictionary';

/**
 * `next`, with the parts of it that equal `previous` taken from there: what did not change stays the same object, and
 * nothing made of it is made again. Every own name is kept, `__proto__` too; only arrays and plain objects are looked into.
 */
export function withEqualParts(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) {
    const parts = next.map((part, index) => (index < previous.length ? withEqualParts(previous[index], part) : part));
    return parts.length === previous.length && parts.every((part, index) => Object.is(part, previous[index]))
      ? previous
      : parts;
  }
  if (!isPlain(previous) || !isPlain(next)) return next;
  const before = new Map(Object.entries(previous));
  const parts = Object.entries(next).map(([name, part]): readonly [string, unknown] => [
    name,
    before.has(name) ? withEqualParts(before.get(name), part) : part,
  ]);
  const isSame =
    parts.length === before.size &&
    parts.every(([name, part]) => before.has(name) && Object.is(part, before.get(name)));
  return isSame ? previous : dictionary(parts);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
