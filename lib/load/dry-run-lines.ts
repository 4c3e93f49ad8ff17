import 'server-only';
import { LISTED_DUPLICATES, LISTED_PROBLEMS } from '@/lib/contract/limits';
import type { DryCounts, LoadDryRunLine, LoadDuplicate, LoadProblem } from '@/lib/contract/load';
import type { SourceOptions } from '@/lib/contract/load-sources';
import type { Bound, Write } from '@/lib/transform/fields';
import type { RowBinder } from '@/lib/transform/row-binder';
import type { CqlTable } from '@/lib/wire/file-format';
import type { LoadInputs } from './inputs';
import { KeyHash, KeySet } from './key-set';
import { keyText } from './key-text';
import { Places } from './places';
import { problemOf } from './problem-text';
import type { SourceItem } from './records';
import { sourceFailure } from './source-failure';

const LINE_EVERY_MS = 250;
const NO_BYTES = new Uint8Array();

export interface DryRunning {
  readonly inputs: LoadInputs;
  readonly binder: RowBinder;
  readonly columns: CqlTable['columns'];
  readonly source: Pick<SourceOptions, 'format'>;
  readonly signal: AbortSignal;
}

/**
 * Reads every record, types it and checks it like a load, and writes nothing. Keys that come twice are found as long as all
 * keys so far can be remembered.
 * @throws the signal's reason
 */
export class DryRunLines {
  readonly #running: DryRunning;
  readonly #keys: KeySet;
  readonly #hash = new KeyHash();
  readonly #startedAtMs = performance.now();
  #counts = { records: 0, good: 0, bad: 0, duplicates: 0 };
  #bytes = 0;
  #listed = 0;
  #problems: LoadProblem[] = [];
  readonly #places = new Places();
  #listedDuplicates = 0;
  #duplicates: LoadDuplicate[] = [];

  /** @param keySlots room for keys, for tests */
  constructor(running: DryRunning, keySlots?: number) {
    this.#running = running;
    this.#keys = new KeySet(keySlots);
  }

  get counts(): DryCounts {
    const { totalBytes } = this.#running.inputs;
    const elapsedMs = performance.now() - this.#startedAtMs;
    return { ...this.#counts, allKeysCompared: this.#keys.missedKeys === 0, bytes: this.#bytes, totalBytes, elapsedMs };
  }

  async *lines(): AsyncGenerator<LoadDryRunLine, void> {
    const { inputs, signal } = this.#running;
    const hashes: string[] = [];
    let at = performance.now();
    for (let file = 0; file < inputs.count; file++) {
      const { name, source } = await inputs.open(file, signal);
      const before = this.#bytes;
      this.#places.begin(name);
      try {
        for await (const items of source) {
          for (const item of items) this.#look(item);
          this.#bytes = before + source.bytesRead;
          if (performance.now() - at < LINE_EVERY_MS) continue;
          at = performance.now();
          yield* this.#news();
        }
        this.#bytes = before + source.bytesRead;
        hashes.push(source.sha256());
        inputs.check(file, hashes.at(-1) ?? '');
      } catch (error) {
        signal.throwIfAborted();
        yield* this.#news();
        const failure = sourceFailure(error, name);
        if (!(failure instanceof Error) || failure === error) throw error;
        yield { end: { outcome: 'failed', message: failure.message, counts: this.counts, sha256: null } };
        return;
      }
    }
    yield* this.#news();
    const sha256 = hashes.length === 1 ? (hashes[0] ?? null) : null;
    yield { end: { outcome: 'complete', message: null, counts: this.counts, sha256 } };
  }

  *#news(): Generator<LoadDryRunLine> {
    if (this.#problems.length > 0) yield { problems: this.#problems };
    this.#problems = [];
    if (this.#duplicates.length > 0) yield { duplicates: this.#duplicates };
    this.#duplicates = [];
    yield { progress: this.counts };
  }

  #look(item: SourceItem): void {
    this.#counts.records++;
    const bound = item.kind === 'bad' ? null : this.#running.binder.bind(item);
    if (bound === null) this.#bad(problemOf(item));
    else if (bound.kind === 'problem') this.#bad(problemOf(item, bound));
    else this.#good(item, bound);
  }

  #good({ line, number }: SourceItem, { writes: [write] }: Bound): void {
    this.#counts.good++;
    if (write === undefined || write.isStatic) return;
    const { binder, source } = this.#running;
    this.#hash.reset();
    for (const [at, value] of write.values.entries()) {
      if (binder.isKey(at)) this.#hash.part(value ?? NO_BYTES);
      // The statements of one exported row have the same key and different columns.
      else if (source.format === 'cql' && value !== undefined) this.#hash.mark(at);
    }
    const place = this.#places.add(line ?? number);
    const earlier = this.#keys.add(this.#hash.finish(), place);
    if (earlier !== 0) this.#again(write, place, earlier);
  }

  #again({ values }: Write, later: number, earlier: number): void {
    this.#counts.duplicates++;
    if (this.#listedDuplicates++ >= LISTED_DUPLICATES) return;
    const { binder, columns } = this.#running;
    const [of, before] = [this.#places.of(later), this.#places.of(earlier)];
    this.#duplicates.push({ key: keyText(binder, columns, values), later: of, earlier: before });
  }

  #bad(problem: LoadProblem): void {
    this.#counts.bad++;
    if (this.#listed++ < LISTED_PROBLEMS) this.#problems.push(problem);
  }
}
