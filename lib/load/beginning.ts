import 'server-only';
import { sourceOptionsSchema } from '@/lib/contract/load-sources';
import { openRegular } from '@/lib/regular-file';
import { Input } from './input';
import { SourceError } from './records';

/** What the format is guessed from. */
const BYTES = 16 * 1024;

/** The first bytes of a file, decompressed; none where it cannot be. */
export async function beginningOf(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const { limits } = sourceOptionsSchema.parse({ format: 'csv' });
  const file = await openRegular(path, 'read');
  const stream = file.createReadStream({ highWaterMark: BYTES });
  try {
    for await (const chunk of new Input(stream, 'auto', limits, signal)) return chunk.subarray(0, BYTES);
  } catch (error) {
    // Reading it for the preview says what is wrong.
    if (!(error instanceof SourceError)) throw error;
  }
  return new Uint8Array();
}
