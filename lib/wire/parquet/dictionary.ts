import { TextSink } from '@/lib/wire/sink';

/** Slots of the hash table, a power of two; at most half of them are used. */
const SLOTS = 1 << 15;
const MOST_ENTRIES = SLOTS >> 1;
const MOST_BYTES = 256 * 1024;

/** How many values show whether they repeat, and the share of distinct ones at which a dictionary does not pay. */
const TRIAL_VALUES = 1024;
const TRIAL_SHARE = 0.5;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The distinct byte arrays of a column chunk in PLAIN encoding: a growing dictionary page. */
export class ByteDictionary {
  /** The entries. A value to look up is appended here first. */
  readonly entries = new TextSink(4096);
  entryCount = 0;
  private valueCount = 0;
  private readonly slots = new Int32Array(SLOTS);
  private starts = new Int32Array(1024);

  /** The number of the value appended at `start`; removes it if it was there before. */
  numberOf(start: number): number {
    const { entries, slots } = this;
    const { bytes, length } = entries;
    this.valueCount++;
    let hash = FNV_OFFSET;
    for (let i = start + 4; i < length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), FNV_PRIME);
    hash ^= hash >>> 15;
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const found = (slots[slot] ?? 0) - 1;
      if (found < 0) {
        slots[slot] = this.entryCount + 1;
        return this.add(start);
      }
      if (this.isAt(this.starts[found] ?? 0, start, length)) {
        entries.length = start;
        return found;
      }
    }
  }

  /** True if values hardly repeat, once there are enough of them: check it from time to time. */
  get isPointless(): boolean {
    return this.valueCount >= TRIAL_VALUES && this.entryCount > this.valueCount * TRIAL_SHARE;
  }

  get isFull(): boolean {
    return this.entryCount >= MOST_ENTRIES || this.entries.length >= MOST_BYTES;
  }

  /** The bytes of entry `number`, preceded by its length. */
  entry(number: number): Uint8Array {
    const end = number + 1 < this.entryCount ? this.starts[number + 1] : this.entries.length;
    return this.entries.bytes.subarray(this.starts[number], end);
  }

  clear(): void {
    this.entries.length = 0;
    this.entryCount = 0;
    this.valueCount = 0;
    this.slots.fill(0);
  }

  private add(start: number): number {
    if (this.entryCount === this.starts.length) {
      const larger = new Int32Array(this.starts.length * 2);
      larger.set(this.starts);
      this.starts = larger;
    }
    this.starts[this.entryCount] = start;
    return this.entryCount++;
  }

  /** Whether the entry at `entryStart` is the value in `[start, end)`; both with their lengths in front. */
  private isAt(entryStart: number, start: number, end: number): boolean {
    const { bytes } = this.entries;
    for (let i = start; i < end; i++) if (bytes[i] !== bytes[entryStart + i - start]) return false;
    return true;
  }
}
