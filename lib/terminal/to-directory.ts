import 'server-only';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aboutExport } from '@/lib/export/about';
import { readManifest, readPartsState } from '@/lib/export/parts-state';
import { partHost, type Threads } from '@/lib/export/threads';
import { PartsWriter } from '@/lib/export/write-parts';
import { otherWriter } from '@/lib/jobs/directory-lock';
import { CHECKPOINT_FILE, MANIFEST_FILE, PART_NAME } from '@/lib/jobs/work-state';
import { openScan } from '@/lib/scan/scan';
import type { Destination, ExportRun, Finished } from './destination';
import { AT_THE_PROMPT } from './principal';
import { UsageError } from './usage';

export interface Again {
  /** Continue an earlier run. */
  readonly resume: boolean;
  /** Replace existing files. */
  readonly force: boolean;
}

/** A directory of parts with a manifest: every format can be resumed. */
export class ToDirectory implements Destination {
  readonly #path: string;
  readonly #again: Again;
  readonly #threads: Threads;
  #hasBegun = false;

  constructor(path: string, again: Again & { readonly threads: Threads }) {
    this.#path = path;
    this.#again = again;
    this.#threads = again.threads;
  }

  async prepare(): Promise<void> {
    const names: readonly string[] = await readdir(this.#path).catch(() => []);
    const isOurs = names.includes(CHECKPOINT_FILE) || names.includes(MANIFEST_FILE);
    if (!isOurs) return;
    const writer = await otherWriter(this.#path);
    if (writer !== null) throw writer;
    if (this.#again.force) return this.#clear(names);
    const isComplete = (await readManifest(this.#path))?.isComplete === true;
    if (isComplete) throw new UsageError(`${this.#path} has a complete export already. Replace it with --force.`);
    if ((await readPartsState(this.#path)) === null || this.#again.resume) return;
    throw new UsageError(
      `${this.#path} has an incomplete export. Continue it with --resume, or start over with --force.`,
    );
  }

  /** Removes only the files of an export. */
  async #clear(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (name === CHECKPOINT_FILE || name === MANIFEST_FILE || PART_NAME.test(name)) await rm(join(this.#path, name));
    }
  }

  async run({ cluster, source, kind, limits, signal, watch }: ExportRun): Promise<Finished> {
    const writer = new PartsWriter({
      directory: this.#path,
      format: source.format,
      compression: kind.compression,
      about: await aboutExport(cluster, source),
      host: await partHost(cluster, source, this.#threads, threadProgram()),
      open: (resume, aborted) => {
        this.#hasBegun = true;
        return openScan(source.plan, { principal: AT_THE_PROMPT, limits, resume }, aborted);
      },
    });
    watch(() => writer.progress());
    await writer.run(signal);
    const { rows, bytes, scan } = writer.progress();
    return { rows, bytes, sha256: null, warnings: scan?.warnings ?? [] };
  }

  isBlocked(): boolean {
    return false;
  }

  aftermath(canGoOn: boolean): string[] {
    if (!this.#hasBegun) return [];
    const what = `${this.#path} is incomplete, and its manifest says so.`;
    return [canGoOn ? `${what} To continue, run the same command with --resume.` : what];
  }
}

/** In a release and in the image it is next to the command; a checkout has it beside the command's folder. */
function threadProgram(): string {
  const [released, built] = ['export-thread.mjs', '../export-thread/program.mjs'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return released !== undefined && existsSync(released) ? released : (built ?? '');
}
