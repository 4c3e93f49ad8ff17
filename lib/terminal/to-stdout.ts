import 'server-only';
import { createHash } from 'node:crypto';
import { writeFile } from '@/lib/export/write-file';
import { openScan } from '@/lib/scan/scan';
import type { Destination, ExportRun, Finished } from './destination';
import { AT_THE_PROMPT } from './principal';
import { writeAll } from './print';

/** Standard output: only the rows. */
export class ToStdout implements Destination {
  readonly #fd: number;
  #bytes = 0;
  #isWriting = false;

  constructor(fd = 1) {
    this.#fd = fd;
  }

  async prepare(): Promise<void> {}

  async run({ source, kind, limits, signal, watch }: ExportRun): Promise<Finished> {
    const scan = await openScan(source.plan, { principal: AT_THE_PROMPT, limits }, signal);
    const hash = createHash('sha256');
    let rows = 0;
    watch(() => ({ scan: scan.progress(), rows, bytes: this.#bytes }));
    for await (const chunk of writeFile(scan, { format: source.format, compression: kind.compression })) {
      await orAborted(this.#write(chunk.bytes), signal);
      hash.update(chunk.bytes);
      this.#bytes += chunk.bytes.length;
      rows = chunk.rows;
    }
    return { rows, bytes: this.#bytes, sha256: hash.digest('hex'), warnings: scan.progress().warnings };
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#isWriting = true;
    try {
      await writeAll(this.#fd, bytes);
    } finally {
      this.#isWriting = false;
    }
  }

  isBlocked(): boolean {
    return this.#isWriting;
  }

  aftermath(): string[] {
    return this.#bytes === 0 ? [] : ['What went to standard output is incomplete.'];
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
