import type { SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import type { StepWriter, ValueWriter } from '@/lib/wire/cell';
import { TextSink } from '@/lib/wire/sink';
import { type Bounds, boundsOf } from './bounds';
import { ChunkPages } from './chunk-pages';
import type { Codec } from './codec';
import { ByteDictionary } from './dictionary';
import { bitWidth, LevelBuffer, type Levels } from './levels';
import { type ChunkFacts, ENCODING } from './thrift';

/** A page ends at the end of a row once it has this many bytes. */
const PAGE_BYTES = 256 * 1024;
/** Or this many entries, if they take hardly any bytes. */
const PAGE_ENTRIES = 50_000;
/** A buffer larger than this is released when its page is written. */
const KEPT_BYTES = 2 * PAGE_BYTES;

/** A column of plain values in the file's schema: the entries of its page, the pages of its row group. */
export class Leaf {
  readonly element: SchemaElement;
  private readonly path: readonly string[];
  private readonly codec: Codec;
  private readonly levels: LevelBuffer;
  private readonly pages: ChunkPages;
  private readonly bounds: Bounds | undefined;
  /** Values of the page in PLAIN encoding, while there is no dictionary. */
  private values = new TextSink(1024);
  private readonly dictionary: ByteDictionary | undefined;
  /** `full`: off until the row group ends. `off`: permanently. */
  private dictionaryState: 'on' | 'full' | 'off';
  /** Dictionary numbers of the page's values. */
  private numbers = new Int32Array(0);
  private numberCount = 0;

  constructor(element: SchemaElement, path: readonly string[], levels: Levels, codec: Codec) {
    this.element = element;
    this.path = path;
    this.codec = codec;
    this.levels = new LevelBuffer(levels);
    this.pages = new ChunkPages(codec);
    this.bounds = boundsOf(element);
    this.dictionary = element.logical_type?.type === 'STRING' ? new ByteDictionary() : undefined;
    this.dictionaryState = this.dictionary === undefined ? 'off' : 'on';
  }

  /** An entry without a value: a null, or an empty collection above. */
  absent(repetition: number, definition: number): void {
    this.levels.push(repetition, definition);
  }

  /** An entry with the value that `write` makes from the bytes. */
  value(source: Uint8Array, start: number, end: number, write: ValueWriter, repetition: number, definition: number) {
    if (this.dictionaryState === 'on' && this.dictionary !== undefined) {
      const { entries } = this.dictionary;
      const at = entries.length;
      write(source, start, end, entries);
      this.pushNumber(this.dictionary.numberOf(at));
    } else write(source, start, end, this.values);
    this.levels.push(repetition, definition);
  }

  /** {@link value} for a large value, in steps, in a row announced by {@link beginLargeRow}. */
  *valueSteps(
    source: Uint8Array,
    start: number,
    end: number,
    steps: StepWriter,
    repetition: number,
    definition: number,
  ): Generator<void, void> {
    yield* steps(source, start, end, this.values);
    this.levels.push(repetition, definition);
  }

  /** Call before a row with a large value below this node: keeps it out of dictionaries, for the whole row group. */
  beginLargeRow(): void {
    if (this.dictionaryState !== 'on') return;
    this.endPage();
    this.dictionaryState = 'full';
  }

  /** Bytes held for the row group. */
  get heldBytes(): number {
    return this.pages.storedBytes + this.values.length + this.numberCount + (this.dictionary?.entries.length ?? 0);
  }

  /** Call occasionally, at the end of a row: ends the page if it is large enough, and returns whether it did. */
  endRow(): boolean {
    const { entries } = this.pages;
    const { dictionary } = this;
    if (this.dictionaryState === 'on' && dictionary !== undefined) {
      if (dictionary.isPointless) this.dropDictionary(dictionary);
      else if (dictionary.isFull) {
        this.endPage();
        this.dictionaryState = 'full';
      }
    }
    if (this.values.length >= PAGE_BYTES || this.levels.count >= PAGE_ENTRIES) this.endPage();
    return this.pages.entries > entries;
  }

  /** Appends the row group's chunk, which will be at `offset` in the file. */
  endGroup(out: TextSink, offset: number): ChunkFacts {
    this.endPage();
    const { dictionary } = this;
    const count = dictionary?.entryCount ?? 0;
    const used = dictionary && count > 0 ? { values: written(dictionary.entries), count } : undefined;
    const chunk = this.pages.moveTo(out, used);
    dictionary?.clear();
    if (this.dictionaryState === 'full') this.dictionaryState = 'on';
    return {
      ...chunk,
      ...(this.bounds?.take() ?? { least: undefined, greatest: undefined }),
      element: this.element,
      path: this.path,
      codec: this.codec.id,
      dictionaryOffset: used && offset,
      dataOffset: offset + chunk.dictionaryBytes,
    };
  }

  private pushNumber(number: number): void {
    if (this.numberCount === this.numbers.length) {
      const larger = new Int32Array(Math.max(1024, this.numbers.length * 2));
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.numberCount++] = number;
  }

  /** Values hardly repeat: writes out this page's values, and permanently stops using a dictionary. */
  private dropDictionary(dictionary: ByteDictionary): void {
    if (this.pages.entries > 0) this.endPage();
    else {
      for (let i = 0; i < this.numberCount; i++) this.values.raw(dictionary.entry(this.numbers[i] ?? 0));
      this.numberCount = 0;
      dictionary.clear();
    }
    this.dictionaryState = 'off';
  }

  private endPage(): void {
    const entries = this.levels.count;
    if (entries === 0) return;
    const levels = this.levels.take();
    if (this.numberCount > 0) this.pages.add(this.takeNumbers(), ENCODING.dictionary, levels, entries);
    else {
      this.bounds?.include(written(this.values));
      this.pages.add(this.takeValues(), ENCODING.plain, levels, entries);
    }
  }

  private takeNumbers(): Uint8Array {
    const width = Math.max(1, bitWidth((this.dictionary?.entryCount ?? 1) - 1));
    const writer = new ByteWriter();
    writer.appendUint8(width);
    writeRleBitPackedHybrid(writer, this.numbers.subarray(0, this.numberCount), width);
    this.numberCount = 0;
    return writer.getBytes();
  }

  /** The page's values; use them before the next page starts. */
  private takeValues(): Uint8Array {
    const values = this.element.type === 'BOOLEAN' ? packed(written(this.values)) : written(this.values);
    if (this.values.bytes.length > KEPT_BYTES) this.values = new TextSink(1024);
    this.values.length = 0;
    return values;
  }
}

function written(sink: TextSink): Uint8Array {
  return sink.bytes.subarray(0, sink.length);
}

/** Bytes of 0 and 1 as bits, the first the lowest. */
function packed(flags: Uint8Array): Uint8Array {
  const bits = new Uint8Array((flags.length + 7) >> 3);
  for (let i = 0; i < flags.length; i++) bits[i >> 3] = (bits[i >> 3] ?? 0) | ((flags[i] ?? 0) << (i & 7));
  return bits;
}
