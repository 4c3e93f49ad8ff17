import * as z from 'zod/mini';
import { type ApiError, apiErrorSchema } from '@/lib/contract/errors';
import { FRAMED_TYPE } from '@/lib/contract/exports';
import type { ExportRequest } from '@/lib/contract/reads';
import { joinBytes } from './bytes';
import { ApiFailure } from './http';
import { CUT_OFF, parseLine, readBody } from './lines';

const endSchema = z.object({ rows: z.int(), bytes: z.int() });

/** What a framed download contains, in file order. */
export type FileFrame =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Covers exactly the bytes before it. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: string }
  | { readonly kind: 'end'; readonly rows: number; readonly bytes: number };

/**
 * An export as frames, so that it can resume from its last checkpoint (`body.resume`) when it is cut off. Ends normally
 * only after its `end`.
 * @throws ApiFailure when it is refused, fails, or the connection breaks; an aborted `signal` throws its reason
 */
export async function* openFramedExport(
  cluster: string,
  body: ExportRequest,
  signal: AbortSignal,
): AsyncGenerator<FileFrame, void, undefined> {
  const parser = new FileFrameParser();
  const asked = { cluster, input: body };
  for await (const chunk of readBody((to) => to.download.post, asked, { signal, accept: FRAMED_TYPE })) {
    for (const frame of parser.push(chunk)) {
      yield frame;
      if (frame.kind === 'end') return;
    }
  }
  throw new ApiFailure(CUT_OFF, 0);
}

/** A type byte and an unsigned 32-bit length. */
const HEAD_BYTES = 5;
/** The longest frame that is kept whole, a checkpoint; file bytes are passed on and never kept. */
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

/** Splits a framed response into its frames, however the network cut it. File bytes are passed on as they arrive. */
export class FileFrameParser {
  private head: number[] = [];
  private type = '';
  private left = 0;
  private kept: Uint8Array[] = [];

  /** @throws ApiFailure for an error frame in the response, and for anything that is not a frame */
  *push(chunk: Uint8Array<ArrayBuffer>): Generator<FileFrame, void, undefined> {
    let at = 0;
    while (at < chunk.length) {
      if (this.head.length < HEAD_BYTES) {
        this.head.push(chunk[at] ?? 0);
        at += 1;
        if (this.head.length === HEAD_BYTES) this.open();
      } else {
        const part = chunk.subarray(at, at + this.left);
        at += part.length;
        this.left -= part.length;
        if (this.type === 'F') yield { kind: 'bytes', bytes: part };
        else this.kept.push(part.slice());
      }
      if (this.head.length === HEAD_BYTES && this.left === 0) yield* this.close();
    }
  }

  private open(): void {
    const [type = 0, a = 0, b = 0, c = 0, d = 0] = this.head;
    this.type = String.fromCharCode(type);
    this.left = a * 0x1000000 + b * 0x10000 + c * 0x100 + d;
    const known = this.type === 'F' || (/^[CEZ]$/.test(this.type) && this.left <= MOST_KEPT_BYTES);
    if (!known) throw new ApiFailure({ ...NOT_FRAMED, detail: `type ${type}, ${this.left} bytes` }, 0);
  }

  private *close(): Generator<FileFrame, void, undefined> {
    const text = new TextDecoder().decode(joinBytes(this.kept));
    this.head = [];
    this.kept = [];
    if (this.type === 'C') yield { kind: 'checkpoint', checkpoint: text };
    if (this.type === 'E') throw new ApiFailure(parseLine(apiErrorSchema, text), 0);
    if (this.type === 'Z') yield { kind: 'end', ...parseLine(endSchema, text) };
  }
}

const NOT_FRAMED: ApiError = {
  code: 'malformed_response',
  message: 'Ringside’s server sent the file in a form this page does not understand.',
  hint: 'The page may be older than the server. Reload it.',
  retryable: false,
};
