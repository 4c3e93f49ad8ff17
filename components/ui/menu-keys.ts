/**
 * Where a key leads in a menu: the index of the item to go to, undefined where it leads nowhere. `at`: the item with
 * the focus, -1 for none. `typed`: the letters typed in one go, this key among them.
 */
export function menuTarget(
  labels: readonly string[],
  at: number,
  { key, typed }: { key: string; typed: string },
): number | undefined {
  const last = labels.length - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'ArrowUp':
      return at < 0 ? last : Math.max(at - 1, 0);
    case 'Home':
    case 'PageUp':
      return 0;
    case 'End':
    case 'PageDown':
      return last;
    default:
      return typed === '' ? undefined : labelled(labels, at, typed.toLowerCase());
  }
}

/** The next item that starts with what was typed; the same letter again goes to the next item with that letter. */
function labelled(labels: readonly string[], at: number, typed: string): number | undefined {
  const first = typed.charAt(0);
  const repeated = typed.replaceAll(first, '') === '';
  const wanted = repeated ? first : typed;
  // A longer word may still mean the item that its first letters have found.
  const from = repeated ? at + 1 : Math.max(at, 0);
  const order = labels.map((_, step) => (from + step) % labels.length);
  return order.find((index) => labels[index]?.trim().toLowerCase().startsWith(wanted));
}
