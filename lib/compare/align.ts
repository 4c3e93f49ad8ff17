import type { Item, ItemRules } from './items';

/** What two tables say of one key. `missing`: only the source has it; `extra`: only the target. */
export type Pairing =
  | { readonly is: 'equal' }
  | { readonly is: 'missing' | 'extra'; readonly item: Item }
  | { readonly is: 'different'; readonly item: Item; readonly columns: readonly string[] };

type Batches = AsyncIterator<readonly Item[], void>;

/** The items of one side, one at a time, of which only the batch in hand is held. */
class Head {
  readonly #batches: Batches;
  #batch: readonly Item[] = [];
  #at = 0;

  constructor(batches: Batches) {
    this.#batches = batches;
  }

  /** The next item, if it is in hand. */
  get item(): Item | undefined {
    return this.#batch[this.#at];
  }

  /** Reads until an item is in hand, or there is no more. */
  async fill(): Promise<void> {
    while (this.item === undefined) {
      const next = await this.#batches.next();
      if (next.done) return;
      [this.#batch, this.#at] = [next.value, 0];
    }
  }

  take(): void {
    this.#at++;
  }
}

/**
 * Pairs the items of two sides, both in the order of the rules, by key: each item is in exactly one pairing. Holds one
 * batch of each side.
 * @param found is called for each pairing, in order
 */
export async function align(
  source: Batches,
  target: Batches,
  rules: ItemRules,
  found: (pairing: Pairing) => void,
): Promise<void> {
  const [ours, theirs] = [new Head(source), new Head(target)];
  for (;;) {
    if (ours.item === undefined) await ours.fill();
    if (theirs.item === undefined) await theirs.fill();
    const [one, other] = [ours.item, theirs.item];
    if (one === undefined && other === undefined) return;
    const order = one === undefined ? 1 : other === undefined ? -1 : rules.compare(one, other);
    if (order <= 0) ours.take();
    if (order >= 0) theirs.take();
    if (order < 0 && one !== undefined) found({ is: 'missing', item: one });
    if (order > 0 && other !== undefined) found({ is: 'extra', item: other });
    if (order === 0 && one !== undefined && other !== undefined) found(paired(one, other, rules));
  }
}

function paired(one: Item, other: Item, rules: ItemRules): Pairing {
  const columns = rules.differences(one, other);
  return columns.length === 0 ? { is: 'equal' } : { is: 'different', item: one, columns };
}
