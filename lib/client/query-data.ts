/**
 * `next`, with the parts of it that equal `previous` taken from there: what did not change stays the same object, and
 * nothing made of it is made again. Every own name is kept, `__proto__` too. For data that came as JSON.
 */
export function withEqualParts(previous: unknown, next: unknown): unknown {
  if (!isNested(previous) || !isNested(next) || Array.isArray(previous) !== Array.isArray(next))
    return Object.is(previous, next) ? previous : next;
  const before = new Map(Object.entries(previous));
  const parts = Object.entries(next).map(([name, part]): [string, unknown] => [
    name,
    withEqualParts(before.get(name), part),
  ]);
  const isSame =
    parts.length === before.size &&
    parts.every(([name, part]) => before.has(name) && Object.is(part, before.get(name)));
  if (isSame) return previous;
  // fromEntries defines properties, so that __proto__ is a name like any other.
  return Array.isArray(next) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
