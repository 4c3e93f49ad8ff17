import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';

/** Bits of a number up to `largest`. */
export function bitWidth(largest: number): number {
  return 32 - Math.clz32(largest);
}

/** The greatest levels of a leaf column: how many of its ancestors and itself may be absent, how many repeat. */
export interface Levels {
  readonly definition: number;
  readonly repetition: number;
}

/** The levels of one page as stored. */
export interface EncodedLevels {
  /** Repetition levels, then definition levels. */
  readonly bytes: Uint8Array;
  readonly repetitionBytes: number;
  readonly definitionBytes: number;
  readonly rows: number;
  readonly nulls: number;
}

/** Dremel's repetition and definition levels of the entries of one page. */
export class LevelBuffer {
  private definitions = new Uint8Array(256);
  private repetitions: Uint8Array;
  private readonly greatest: Levels;
  count = 0;

  constructor(greatest: Levels) {
    this.greatest = greatest;
    this.repetitions = new Uint8Array(greatest.repetition > 0 ? 256 : 0);
  }

  push(repetition: number, definition: number): void {
    if (this.count === this.definitions.length) this.grow();
    if (this.greatest.repetition > 0) this.repetitions[this.count] = repetition;
    this.definitions[this.count++] = definition;
  }

  /** The levels so far, encoded; then resets. */
  take(): EncodedLevels {
    const { count } = this;
    const { definition, repetition } = this.greatest;
    const definitions = this.definitions.subarray(0, count);
    const repetitions = this.repetitions.subarray(0, repetition > 0 ? count : 0);
    const writer = new ByteWriter();
    const repetitionBytes = repetition > 0 ? writeRleBitPackedHybrid(writer, repetitions, bitWidth(repetition)) : 0;
    const definitionBytes = definition > 0 ? writeRleBitPackedHybrid(writer, definitions, bitWidth(definition)) : 0;
    let nulls = 0;
    for (const level of definitions) if (level < definition) nulls++;
    let rows = repetition > 0 ? 0 : count;
    for (const level of repetitions) if (level === 0) rows++;
    this.count = 0;
    return { bytes: writer.getBytes(), repetitionBytes, definitionBytes, rows, nulls };
  }

  private grow(): void {
    this.definitions = enlarged(this.definitions);
    if (this.greatest.repetition > 0) this.repetitions = enlarged(this.repetitions);
  }
}

function enlarged(levels: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(levels.length * 2);
  larger.set(levels);
  return larger;
}
