import type {
  EndFrame,
  ErrorFrame,
  HeaderFrame,
  PageFrame,
  SchemaAgreement,
  WaitingFrame,
} from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { PageRows } from '@/lib/grid/page-rows';

/** One row as received: values in the order of the header's columns. */
export type Row = readonly JsonValue[];

/** Rows as received, one JSON array after another; starts and ends are offsets into `bytes`. */
export interface LinesOfRows {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/**
 * The events of a row stream, page by page. `error` is a failure after the response began, including a lost connection;
 * an earlier failure is thrown as an ApiFailure. Nothing follows `end` or `error`.
 */
export type StreamEvent = EventOf<PageRows<Row>>;

/** The same as the worker reports it, with the rows as received. */
export type WireEvent = EventOf<LinesOfRows>;

type EventOf<Rows> =
  | { readonly kind: 'header'; readonly header: HeaderFrame }
  | { readonly kind: 'waiting'; readonly waiting: WaitingFrame }
  | { readonly kind: 'agreement'; readonly agreement: SchemaAgreement }
  | { readonly kind: 'rows'; readonly rows: Rows; readonly page: PageFrame }
  | { readonly kind: 'end'; readonly end: EndFrame }
  | { readonly kind: 'error'; readonly error: ErrorFrame };
