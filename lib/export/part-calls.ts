import 'server-only';
import { gzipSync } from 'node:zlib';
import type { ApiError } from '@/lib/contract/errors';
import { Failure } from '@/lib/failure';
import { isSystemError } from '@/lib/jobs/storage-failure';
import { PlanError, ValueError, WireError, type WirePosition } from '@/lib/wire/errors';
import type { FileFormat } from '@/lib/wire/row-writer';
import type { PageRows, PartKind } from './part';
import type { PartState, TokenSpan } from './parts-state';

/** What the thread that scans asks of a thread that writes parts, and what it gets back. */

export type PartCall = { readonly id: number; readonly part: number } & (
  | { readonly call: 'create'; readonly kind: PartKind; readonly name: string }
  | { readonly call: 'reopen'; readonly kind: PartKind; readonly state: PartState }
  | { readonly call: 'add'; readonly page: PageRows; readonly range: TokenSpan }
  | { readonly call: 'settle' | 'finish' | 'sync' | 'close' }
);

/** How far a part is after a call. */
export interface PartStand {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of a call that gives one. */
  readonly state: PartState | null;
}

export type PartReply = { readonly id: number } & (
  | { readonly stand: PartStand }
  | { readonly refusal: SentError; readonly stand?: undefined }
);

/** An error on its way between threads, which would keep only its message. */
export type SentError =
  | { readonly kind: 'failure'; readonly error: ApiError }
  | { readonly kind: 'value'; readonly reason: string; readonly path: string }
  | { readonly kind: 'wire'; readonly reason: string; readonly place: WirePosition | undefined }
  | { readonly kind: 'plan'; readonly message: string; readonly option: PlanError['option'] }
  | { readonly kind: 'system'; readonly message: string; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly kind: 'other'; readonly message: string; readonly stack: string | undefined };

export function sentError(error: unknown): SentError {
  if (error instanceof Failure) return { kind: 'failure', error: error.error };
  if (error instanceof ValueError) return { kind: 'value', reason: error.reason, path: error.path };
  if (error instanceof WireError) return { kind: 'wire', reason: error.reason, place: error.place };
  if (error instanceof PlanError) return { kind: 'plan', message: error.message, option: error.option };
  if (!(error instanceof Error)) return { kind: 'other', message: String(error), stack: undefined };
  // Code, errno and syscall are its own properties.
  if (isSystemError(error)) return { kind: 'system', message: error.message, facts: { ...error } };
  return { kind: 'other', message: error.message, stack: error.stack };
}

/** The error as the other thread had it. */
export function receivedError(sent: SentError): Error {
  switch (sent.kind) {
    case 'failure':
      return new Failure(sent.error);
    case 'value':
      return new ValueError(sent.reason, sent.path);
    case 'wire':
      return new WireError(sent.reason, sent.place);
    case 'plan':
      return new PlanError(sent.message, sent.option);
    case 'system':
      return Object.assign(new Error(sent.message), sent.facts);
    case 'other':
      return Object.assign(new Error(sent.message), sent.stack === undefined ? {} : { stack: sent.stack });
    default:
      return sent satisfies never;
  }
}

/** The format without what cannot be sent: {@link receivedFormat} puts it back. */
export function sentFormat(format: FileFormat): FileFormat {
  if (format.format !== 'parquet') return format;
  const { gzip: _gzip, ...parquet } = format.parquet ?? {};
  return { format: 'parquet', parquet };
}

export function receivedFormat(format: FileFormat): FileFormat {
  if (format.format !== 'parquet') return format;
  return { format: 'parquet', parquet: { ...format.parquet, gzip: (bytes) => gzipSync(bytes) } };
}
