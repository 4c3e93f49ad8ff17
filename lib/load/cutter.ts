import 'server-only';
import { formatBytes } from '@/lib/text/format';
import type { Input } from './input';
import { type FieldForm, type Source, SourceError, type SourceItem } from './records';

/** Cuts records out of text in UTF-8. It keeps count of lines and records between calls. */
export interface Cutter {
  readonly form: FieldForm;
  /**
   * Adds the records that are complete in `bytes` to `items`; returns how many bytes those took. It will be called with
   * the rest again, and more after it. `isLast`: nothing follows, so that everything is taken or an error thrown.
   */
  cut(bytes: Buffer, isLast: boolean, items: SourceItem[]): number;
  /** What is being cut where a record is longer than the limit. */
  readonly place: { readonly number: number; readonly line: number };
  /** What most likely makes a record of this format too long. */
  readonly tooLongHint: string;
}

/** Records cut out of a stream of text, holding no more than one record and one chunk. */
export class TextSource implements Source {
  readonly form: FieldForm;

  constructor(
    private readonly input: Input,
    private readonly text: AsyncIterable<Buffer>,
    private readonly cutter: Cutter,
    private readonly recordBytes: number,
  ) {
    this.form = cutter.form;
  }

  get bytesRead(): number {
    return this.input.bytesRead;
  }

  sha256(): string {
    return this.input.sha256();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly SourceItem[], void> {
    let waiting: Buffer[] = [];
    let waitingBytes = 0;
    // Half of a long record is cut again only once twice as much is there: otherwise its cost would grow as its square.
    let enough = 1;
    const ending = new Ending();
    for await (const chunk of ending.of(this.text)) {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes < enough) continue;
      const rest = yield* this.cut(joined(waiting), false);
      this.checkLength(rest.length);
      [waiting, waitingBytes] = [[rest], rest.length];
      enough = Math.min(2 * rest.length, this.recordBytes) + 1;
    }
    yield* this.cut(joined(waiting), ending.error === null);
    if (ending.error !== null) throw ending.error;
  }

  /** The records that are complete in the bytes, also those before an error; returns the bytes after them. */
  private *cut(bytes: Buffer, isLast: boolean): Generator<readonly SourceItem[], Buffer> {
    const items: SourceItem[] = [];
    try {
      return bytes.subarray(this.cutter.cut(bytes, isLast, items));
    } finally {
      if (items.length > 0) yield items;
    }
  }

  private checkLength(bytes: number): void {
    if (bytes <= this.recordBytes) return;
    const { number, line } = this.cutter.place;
    throw new SourceError(
      `Record ${number}, which begins on line ${line}, is longer than ${formatBytes(this.recordBytes)}.`,
      {
        line,
        column: 1,
        hint: `${this.cutter.tooLongHint} Raise the limit on a record if it is meant to be that long.`,
      },
    );
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

/** What ended a text early, kept until the records before it are handed on. */
class Ending {
  error: SourceError | null = null;

  async *of(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    try {
      yield* text;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.error = error;
    }
  }
}
