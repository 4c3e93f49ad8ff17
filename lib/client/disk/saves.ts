import { canGoOn } from '@/lib/contract/going-on';
import { Listeners } from '@/lib/listeners';
import { askBeforeLeaving } from '../ask-before-leaving';
import type { ErrorText } from '../error-text';
import { openFramedExport } from '../file-frames';
import { ApiFailure } from '../http';
import type { Save } from '../transfers';
import { diskErrorText } from './disk-error';
import { mayWrite } from './file-system';
import { readRecords, removeRecord, type SaveRecord, writeRecord } from './save-records';
import { sha256Of } from './sha256';
import { type Mark, START, writeFrames } from './write-frames';

const NONE: readonly Save[] = [];
/** The screen does not need every chunk. */
const NOTIFY_MS = 100;
const STOPPED = 'stopped by a person';

/** The files that this page writes, and those that it can resume. They outlive the page that shows them. */
class Saves {
  private readonly saves = new Map<string, { save: Save; record: SaveRecord }>();
  private readonly writing = new Map<string, AbortController>();
  private readonly listeners = new Listeners();
  private list = NONE;
  private notifiedAtMs = 0;
  private loaded = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    const leave = this.listeners.subscribe(listener);
    if (!this.loaded) void this.load();
    return leave;
  };

  /** Newest first. */
  readonly getList = (): readonly Save[] => this.list;
  readonly getServerList = (): readonly Save[] => NONE;

  /** @returns its key */
  start(chosen: Pick<SaveRecord, 'cluster' | 'title' | 'fileName' | 'request' | 'handle'>): string {
    const record: SaveRecord = {
      ...chosen,
      key: crypto.randomUUID(),
      startedAt: new Date().toISOString(),
      mark: START,
      exportIds: [],
    };
    void this.write(record);
    return record.key;
  }

  /** Continues after what the file holds. Call it while handling a click. */
  resume(key: string): void {
    const known = this.saves.get(key);
    if (known !== undefined && !this.writing.has(key)) void this.write(known.record);
  }

  restart(key: string): void {
    const known = this.saves.get(key);
    if (known !== undefined && !this.writing.has(key)) void this.write({ ...known.record, mark: START });
  }

  /** What was written stays, and can be resumed later. */
  stop(key: string): void {
    this.writing.get(key)?.abort(STOPPED);
  }

  /** The file stays as it is; this browser forgets how to resume it. */
  async forget(key: string): Promise<void> {
    this.saves.delete(key);
    this.publish();
    await removeRecord(key);
  }

  private async load(): Promise<void> {
    this.loaded = true;
    for (const record of await readRecords().catch(() => [])) {
      if (this.saves.has(record.key)) continue;
      this.put(record, { state: 'broken', bytes: record.mark.bytes, error: LEFT });
    }
    this.publish();
  }

  private async write(from: SaveRecord): Promise<void> {
    const { key } = from;
    const exportId = crypto.randomUUID();
    const controller = new AbortController();
    let record = { ...from, exportIds: [...from.exportIds, exportId] };
    this.writing.set(key, controller);
    this.put(record, { state: 'running', bytes: record.mark.bytes });
    window.addEventListener('beforeunload', askBeforeLeaving);
    const keep = async (mark: Mark) => {
      record = { ...record, mark };
      await writeRecord(record);
    };
    try {
      await alone(key, () => this.run(record, exportId, controller.signal, keep));
    } catch (error) {
      const stopped = controller.signal.aborted;
      const outcome = stopped
        ? { state: 'stopped' as const }
        : { state: 'broken' as const, error: diskErrorText(error), ...(isFinal(error) ? { canGoOn: false } : {}) };
      this.put(record, { ...outcome, bytes: record.mark.bytes });
    } finally {
      this.writing.delete(key);
      if (this.writing.size === 0) window.removeEventListener('beforeunload', askBeforeLeaving);
    }
  }

  private async run(
    record: SaveRecord,
    exportId: string,
    signal: AbortSignal,
    onSafe: (mark: Mark) => Promise<void>,
  ): Promise<void> {
    const { handle, mark, request, cluster } = record;
    if (!(await mayWrite(handle))) throw new DOMException('refused', 'NotAllowedError');
    await writeRecord(record);
    const body = { ...request, id: exportId, ...(mark.checkpoint === null ? {} : { resume: mark.checkpoint }) };
    const onBytes = (bytes: number) => this.put(record, { state: 'running', bytes });
    const frames = openFramedExport(cluster, body, signal);
    const whole = await writeFrames(handle, mark, frames, { onBytes, onSafe });
    await removeRecord(record.key);
    this.put(record, { state: 'complete', ...whole });
    this.put(record, { state: 'complete', ...whole, sha256: await sha256Of(handle) });
    this.publish();
  }

  private put(
    record: SaveRecord,
    now: Pick<Save, 'state' | 'bytes'> & Partial<Pick<Save, 'rows' | 'error' | 'sha256' | 'canGoOn'>>,
  ): void {
    const { key, cluster, title, fileName, startedAt, exportIds, mark } = record;
    const save = {
      key,
      cluster,
      title,
      fileName,
      startedAt,
      exportIds,
      canGoOn: mark.checkpoint !== null,
      rows: null,
      sha256: null,
      error: null,
      ...now,
    };
    const before = this.saves.get(key)?.save.state;
    this.saves.set(key, { save, record });
    if (now.state !== before || performance.now() - this.notifiedAtMs > NOTIFY_MS) this.publish();
  }

  private publish(): void {
    this.notifiedAtMs = performance.now();
    this.list = [...this.saves.values()].map(({ save }) => save).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    this.listeners.notify();
  }
}

export const saves = new Saves();

const LEFT: ErrorText = { message: 'The page was closed before the file was complete.' };

function isFinal(error: unknown): boolean {
  return error instanceof ApiFailure && !canGoOn(error.error);
}

/** One tab at a time writes to a file. */
async function alone(key: string, run: () => Promise<void>): Promise<void> {
  await navigator.locks.request(`ringside-file-${key}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) throw new DOMException('another tab', 'NoModificationAllowedError');
    await run();
  });
}
