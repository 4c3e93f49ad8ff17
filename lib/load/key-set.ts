/** Slots of the table at its largest: 48 MiB, for about three million keys. */
const MOST_SLOTS = 2 ** 22;
const FIRST_SLOTS = 2 ** 12;
/** A table that is fuller than this is slow to search. */
const FULL = 0.7;

/**
 * The keys that were seen, as 64-bit hashes with the place of the record that had each first: among three million keys one
 * in four million times two different ones pass for the same. Memory is bounded: what comes once it is full is looked
 * up, but not kept.
 */
export class KeySet {
  private slots: number;
  private high: Uint32Array;
  private low: Uint32Array;
  private records: Uint32Array;
  private used = 0;
  private missed = 0;

  constructor(private readonly mostSlots = MOST_SLOTS) {
    this.slots = Math.min(FIRST_SLOTS, mostSlots);
    [this.high, this.low, this.records] = tables(this.slots);
  }

  /** Keys that were not kept, so that one like them later passes for new. */
  get missedKeys(): number {
    return this.missed;
  }

  /** The place of the record that had this key before; 0: none that is kept. @param record its place, in 32 bits, above 0 */
  add(key: KeyHash, record: number): number {
    const { high, low } = key;
    for (let at = slotOf(low, this.slots); ; at = (at + 1) & (this.slots - 1)) {
      const before = this.records[at] ?? 0;
      if (before !== 0) {
        if (this.high[at] === high && this.low[at] === low) return before;
        continue;
      }
      if (this.used + 1 > this.slots * FULL && !this.grow()) {
        this.missed++;
        return 0;
      }
      this.put(high, low, record);
      this.used++;
      return 0;
    }
  }

  private put(high: number, low: number, record: number): void {
    let at = slotOf(low, this.slots);
    while (this.records[at] !== 0) at = (at + 1) & (this.slots - 1);
    this.high[at] = high;
    this.low[at] = low;
    this.records[at] = record;
  }

  private grow(): boolean {
    if (this.slots >= this.mostSlots) return false;
    const [high, low, records] = [this.high, this.low, this.records];
    this.slots *= 2;
    [this.high, this.low, this.records] = tables(this.slots);
    for (const [at, record] of records.entries()) if (record !== 0) this.put(high[at] ?? 0, low[at] ?? 0, record);
    return true;
  }
}

function tables(slots: number): [Uint32Array, Uint32Array, Uint32Array] {
  return [new Uint32Array(slots), new Uint32Array(slots), new Uint32Array(slots)];
}

function slotOf(low: number, slots: number): number {
  return low & (slots - 1);
}

/** A hash of a key in the making: its parts are added in order, each with its length. */
export class KeyHash {
  high = 0;
  low = 0;

  reset(): void {
    this.high = 0x811c9dc5;
    this.low = 0x9747b28c;
  }

  part(bytes: Uint8Array): void {
    let { high, low } = this;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      high = Math.imul(high ^ byte, 0x01000193);
      low = Math.imul((low ^ byte) + 0x7ed55d16, 0x85ebca6b);
      low ^= low >>> 13;
    }
    this.high = high;
    this.low = low;
    this.mark(bytes.length);
  }

  /** Adds a number that belongs to the key. */
  mark(value: number): void {
    this.high = Math.imul(this.high ^ value, 0x5bd1e995);
    this.low = Math.imul(this.low + value, 0xcc9e2d51);
  }

  /** Spreads what was added over all bits (the last steps of MurmurHash3). */
  finish(): this {
    this.high = mixed(this.high ^ Math.imul(this.low, 0x1b873593));
    this.low = mixed(this.low ^ this.high);
    return this;
  }
}

function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
