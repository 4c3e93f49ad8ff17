import { TextSink } from '@/lib/wire/sink';
import type { Codec } from './codec';
import type { EncodedLevels } from './levels';
import { dataPageHeader, dictionaryPageHeader, ENCODING, type ValueEncoding } from './thrift';

/** A page that does not compress below this share of its size is stored uncompressed. */
const WORTHWHILE = 0.95;
/** The next pages of that column are then not tried. */
const PAGES_UNTRIED = 15;

/** A larger page contains a large value and is stored uncompressed: compressing it at once would take too long. */
const MOST_COMPRESSED = 1024 * 1024;

/** A buffer larger than this is released when its row group is written. */
const KEPT_BYTES = 1024 * 1024;

/** The finished data pages of one column chunk, one after another, compressed. */
export class ChunkPages {
  private readonly codec: Codec;
  private sink = new TextSink(1024);
  private untried = 0;
  private readonly encodings = new Set<number>();
  private plainBytes = 0;
  entries = 0;
  nulls = 0;

  constructor(codec: Codec) {
    this.codec = codec;
  }

  get storedBytes(): number {
    return this.sink.length;
  }

  /** Adds a page of `values` in the encoding, without the nulls. */
  add(values: Uint8Array, encoding: ValueEncoding, levels: EncodedLevels, entries: number): void {
    const stored = this.compressed(values);
    const header = dataPageHeader({
      plainBytes: levels.bytes.length + values.length,
      storedBytes: levels.bytes.length + (stored ?? values).length,
      entries,
      nulls: levels.nulls,
      rows: levels.rows,
      encoding,
      definitionBytes: levels.definitionBytes,
      repetitionBytes: levels.repetitionBytes,
      isCompressed: stored !== undefined,
    });
    this.sink.raw(header);
    this.sink.raw(levels.bytes);
    this.sink.raw(stored ?? values);
    this.encodings.add(encoding);
    this.plainBytes += header.length + levels.bytes.length + values.length;
    this.entries += entries;
    this.nulls += levels.nulls;
  }

  /** Appends the chunk to `out`, preceded by the dictionary if there is one, and resets. */
  moveTo(out: TextSink, dictionary: { readonly values: Uint8Array; readonly count: number } | undefined) {
    const start = out.length;
    let { plainBytes } = this;
    if (dictionary !== undefined) {
      const { values, count } = dictionary;
      // A dictionary page cannot be marked as uncompressed.
      const stored = this.codec.compress?.(values) ?? values;
      const header = dictionaryPageHeader({ plainBytes: values.length, storedBytes: stored.length }, count);
      out.raw(header);
      out.raw(stored);
      plainBytes += header.length + values.length;
    }
    const dictionaryBytes = out.length - start;
    out.raw(this.sink.bytes.subarray(0, this.sink.length));
    const { entries, nulls } = this;
    const encodings = [
      ENCODING.rle,
      ...(dictionary && !this.encodings.has(ENCODING.plain) ? [ENCODING.plain] : []),
      ...this.encodings,
    ];
    this.clear();
    return { entries, nulls, encodings, plainBytes, dictionaryBytes, storedBytes: out.length - start };
  }

  private clear(): void {
    if (this.sink.bytes.length > KEPT_BYTES) this.sink = new TextSink(1024);
    this.sink.length = 0;
    this.encodings.clear();
    this.plainBytes = 0;
    this.entries = 0;
    this.nulls = 0;
  }

  /** Undefined if the bytes are better stored uncompressed. */
  private compressed(values: Uint8Array): Uint8Array | undefined {
    if (this.codec.compress === undefined || values.length === 0 || values.length > MOST_COMPRESSED) return undefined;
    if (this.untried > 0) {
      this.untried--;
      return undefined;
    }
    const smaller = this.codec.compress(values);
    if (smaller.length < values.length * WORTHWHILE) return smaller;
    this.untried = PAGES_UNTRIED;
    return undefined;
  }
}
