import 'server-only';

/**
 * True the first time that it is asked about a mark, false ever after. Development reloads modules, but the driver's classes
 * must be wrapped only once per process.
 * @param mark from `Symbol.for`, so that each instance of a module has the same
 */
export function isFirst(mark: symbol): boolean {
  const global = globalThis as Record<symbol, unknown>;
  if (global[mark] === true) return false;
  global[mark] = true;
  return true;
}
