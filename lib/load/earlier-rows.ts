import 'server-only';
import type { Bound, Problem, Write } from '@/lib/transform/fields';
import type { FailedNumbers } from './failed-numbers';
import type { LoadInputs, OpenInput } from './inputs';
import { type LoadRecord, type Source, SourceError, type SourceItem } from './records';

interface Earlier {
  /** Records of the input that earlier runs were done with. */
  readonly records: number;
  readonly bind: (record: LoadRecord) => Bound | Problem;
  /** Of them, those that were not written. */
  readonly failed: FailedNumbers;
  /** Receives the others. */
  readonly written: (row: LoadRecord, writes: readonly Write[]) => void;
}

/**
 * A stream that is read again from its beginning: what earlier runs wrote of it passes by once more, so that it can be part
 * of what is read back.
 */
export class EarlierRows implements LoadInputs {
  readonly #inputs: LoadInputs;
  readonly #earlier: Earlier;

  constructor(inputs: LoadInputs, earlier: Earlier) {
    this.#inputs = inputs;
    this.#earlier = earlier;
  }

  get count(): number {
    return this.#inputs.count;
  }

  get totalBytes(): number | null {
    return this.#inputs.totalBytes;
  }

  get isLasting(): boolean {
    return this.#inputs.isLasting;
  }

  async open(index: number, signal: AbortSignal): Promise<OpenInput> {
    const input = await this.#inputs.open(index, signal);
    return { ...input, source: this.#passing(input.source) };
  }

  check(index: number, sha256: string): void {
    this.#inputs.check(index, sha256);
  }

  /** Reads an input that earlier runs were done with. @throws SourceError when it is shorter than what they read */
  async passAll(signal: AbortSignal): Promise<void> {
    const { name, source } = await this.open(0, signal);
    let records = 0;
    for await (const items of source) records += items.length;
    if (records >= this.#earlier.records) return;
    throw new SourceError(`${name} has ${records} records, and ${this.#earlier.records} were loaded from it before.`, {
      hint: 'Pass the input that the load began with, to read some of its rows back.',
    });
  }

  #passing(source: Source): Source {
    const items = () => this.#items(source);
    return {
      form: source.form,
      get bytesRead() {
        return source.bytesRead;
      },
      sha256: () => source.sha256(),
      [Symbol.asyncIterator]: () => items(),
    };
  }

  async *#items(source: Source): AsyncGenerator<readonly SourceItem[], void> {
    const { records, bind, failed, written } = this.#earlier;
    try {
      for await (const items of source) {
        for (const item of items) {
          if (item.number > records) break;
          if (item.kind === 'bad' || (await failed.has(item.number))) continue;
          const bound = bind(item);
          if (bound.kind === 'bound') written(item, bound.writes);
        }
        yield items;
      }
    } finally {
      await failed.close();
    }
  }
}
