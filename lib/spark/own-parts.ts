import 'server-only';
import { createHash } from 'node:crypto';
import { link, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { FORMATS } from '@/lib/contract/export-formats';
import type { SparkFormat } from '@/lib/contract/spark';
import { Failure } from '@/lib/failure';
import { readJson } from '@/lib/jobs/atomic-file';
import { MANIFEST_FILE, type Manifest, partName } from '@/lib/jobs/work-state';
import { openRegular } from '@/lib/regular-file';
import { OWN_TARGET } from './files';

const writtenSchema = z.object({
  isComplete: z.boolean(),
  parts: z.array(z.object({ name: z.string(), rows: z.number().int(), bytes: z.number().int() })),
});

/**
 * Takes what Spark wrote into the job's directory as the job's own parts: named as those of every export, with checksums.
 * Spark's own names stay until {@link removeOwn}.
 * @throws Failure `spark_failed` when the files are not those of its manifest
 */
export async function takeParts(directory: string, format: SparkFormat): Promise<Manifest['parts']> {
  const folder = join(directory, OWN_TARGET);
  const manifest = await readJson(join(folder, MANIFEST_FILE), writtenSchema);
  if (manifest === null) throw unlike(`${folder} has no manifest`);
  const found = new Set((await readdir(folder)).filter((name) => name.startsWith('part-')));
  const parts: Manifest['parts'] = [];
  // Spark writes an empty file for a split without rows.
  for (const { name, rows, bytes } of manifest.parts) {
    if (!found.delete(name)) throw unlike(`${name} is missing`);
    const own = partName(parts.length + 1, FORMATS[format].extension);
    await link(join(folder, name), join(directory, own)).catch((error: unknown) => {
      // A run that was cut off here linked it already.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    const read = await hashOf(join(directory, own));
    if (read.bytes !== bytes) throw unlike(`${name} has ${read.bytes} bytes instead of ${bytes}`);
    parts.push({ name: own, rows, ...read });
  }
  if (found.size > 0) throw unlike(`${[...found][0]} is not in its manifest`);
  return parts;
}

/** Removes Spark's own names of the parts. */
export async function removeOwn(directory: string): Promise<void> {
  await rm(join(directory, OWN_TARGET), { recursive: true, force: true });
}

async function hashOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const file = await openRegular(path, 'read');
  const hash = createHash('sha256');
  const stream = file.createReadStream();
  await pipeline(stream, hash);
  return { bytes: stream.bytesRead, sha256: hash.digest('hex') };
}

function unlike(detail: string): Failure {
  const message = 'The files are not those that Spark’s manifest names.';
  return new Failure({ code: 'spark_failed', message, detail, retryable: false });
}
