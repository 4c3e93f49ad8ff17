import { Listeners } from '@/lib/listeners';
import { type ReadState, rowsPerSecond } from './read-state';
import type { ResultReader } from './result-reader';
import type { ResultState } from './result-state';

/** What this needs of a {@link ResultReader}. */
export interface FollowedReader {
  /** What it is, for people; absent: a read. */
  readonly what?: string;
  readonly source: { readonly key: string; readonly label: string };
  /** How far it is, where it knows that better than by its pages. */
  getProgress?(): Pick<RunningRead, 'fraction' | 'rowsPerSecond'>;
  getState(): Pick<ResultState, 'reading'>;
  subscribe(listener: () => void): () => void;
  stop(): void;
  dispose(): void;
}

/** A read to the end of a result, wherever the person is now. */
export interface RunningRead {
  readonly id: string;
  readonly what: string;
  readonly label: string;
  /** The page that shows it, as an address. */
  readonly href: string;
  readonly phase: ReadState['phase'];
  readonly rows: number;
  /** Share of the ring, 0 to 1; null: not known. */
  readonly fraction: number | null;
  readonly rowsPerSecond: number | null;
  /** A page shows it now; else it goes when it is dismissed or shown again. */
  readonly isShown: boolean;
  readonly stop: () => void;
  readonly dismiss: () => void;
}

interface Entry<Reader> {
  readonly reader: Reader;
  href: string;
  isShown: boolean;
  unsubscribe: () => void;
}

/** Each holds a window of rows; the ones that ended first go first. */
const MOST_LEFT = 4;
const NONE: readonly RunningRead[] = [];

/**
 * The reads of this page that go on to the end. Such a read outlives the view that shows it: it is found in
 * the tray, and a view of the same result takes it back. Any other read ends with its view.
 */
export class RunningReads<Reader extends FollowedReader> {
  private readonly entries = new Map<string, Entry<Reader>>();
  private readonly listeners = new Listeners();
  private list = NONE;

  readonly subscribe = this.listeners.subscribe;
  readonly getList = (): readonly RunningRead[] => this.list;
  readonly getServerList = (): readonly RunningRead[] => NONE;

  /** A reader that was left while it was reading on, for a view of the same result. */
  find(key: string): Reader | undefined {
    const entry = this.entries.get(key);
    return entry === undefined || entry.isShown ? undefined : entry.reader;
  }

  /** A view shows the reader from now on. `here` gives the address of that view. */
  show(reader: Reader, here: () => string): void {
    const { key } = reader.source;
    const known = this.entries.get(key);
    if (known?.reader === reader) known.unsubscribe();
    else this.drop(key);
    const entry: Entry<Reader> = { reader, href: here(), isShown: true, unsubscribe: () => undefined };
    let wasReadingOn = false;
    entry.unsubscribe = reader.subscribe(() => {
      const readsOn = isReadingOn(reader);
      // The view where Read on was pressed: once it is left, the address has changed.
      if (entry.isShown && readsOn && !wasReadingOn) entry.href = here();
      wasReadingOn = readsOn;
      this.publish();
    });
    this.entries.set(key, entry);
    this.publish();
  }

  /** Its view is gone: a read to the end goes on, any other ends. */
  leave(reader: Reader): void {
    const entry = this.entries.get(reader.source.key);
    if (entry?.reader === reader && isReadingOn(reader)) {
      entry.isShown = false;
      this.evict();
      this.publish();
    } else this.end(reader);
  }

  /** Ends a read whatever it is doing, for a view that shows another one instead. */
  end(reader: Reader): void {
    const { key } = reader.source;
    if (this.entries.get(key)?.reader === reader) this.drop(key);
    else reader.dispose();
    this.publish();
  }

  private drop(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    this.entries.delete(key);
    entry.unsubscribe();
    entry.reader.dispose();
  }

  /** Rows that nobody has come back for do not pile up. */
  private evict(): void {
    const left = [...this.entries].filter(([, { isShown, reader }]) => !isShown && !isReadingOn(reader));
    for (const [key] of left.slice(0, Math.max(0, left.length - MOST_LEFT))) this.drop(key);
  }

  private publish(): void {
    const list = [...this.entries].flatMap(([id, entry]) => {
      const { reader, isShown, href } = entry;
      // What its view shows itself needs no line here once it has ended.
      if (isShown && !isReadingOn(reader)) return [];
      const dismiss = () => this.end(reader);
      return [
        {
          id,
          what: reader.what ?? 'Read',
          label: reader.source.label,
          href,
          isShown,
          ...factsOf(reader),
          stop: () => reader.stop(),
          dismiss,
        },
      ];
    });
    if (list.length === 0 && this.list.length === 0) return;
    this.list = list;
    this.listeners.notify();
  }
}

export const runningReads = new RunningReads<ResultReader>();

function isReadingOn(reader: FollowedReader): boolean {
  const { phase, mode } = reader.getState().reading;
  return phase === 'reading' && mode === 'on';
}

function factsOf(reader: FollowedReader) {
  const { reading } = reader.getState();
  const { phase, rows, page } = reading;
  const fraction = phase === 'complete' ? 1 : (page?.ringFraction ?? null);
  return { phase, rows, fraction, rowsPerSecond: rowsPerSecond(reading), ...reader.getProgress?.() };
}
