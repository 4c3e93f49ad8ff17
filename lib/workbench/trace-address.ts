import { isTraceId } from '@/lib/trace/ids';

/** The trace that an address opens: `?trace=4f5c…`. */
export interface TraceAddress {
  /** Null: none is open. A text that is no UUID is kept as it is: the field for it says what is wrong. */
  readonly trace: string | null;
}

export function readTraceAddress(search: string): TraceAddress {
  const given = new URLSearchParams(search).get('trace');
  return { trace: given !== null && isTraceId(given) ? given.toLowerCase() : given };
}

/** The query string with `change` in it; what is not of the trace stays. */
export function writeTraceAddress(search: string, { trace }: Partial<TraceAddress>): string {
  const next = new URLSearchParams(search);
  if (trace === null) next.delete('trace');
  else if (trace !== undefined) next.set('trace', trace);
  return next.toString();
}
