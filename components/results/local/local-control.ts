import { useMemo, useState } from 'react';
import { AS_READ, type LocalView } from '@/lib/local/local-view';
import type { ResultReader } from '@/lib/reader/result-reader';

/** How a result is arranged on this page, and who keeps that: the address, or the page while it is shown. */
export interface LocalControl {
  readonly view: LocalView;
  /** @param replaces it is one more letter of the same filter: not a step to go back */
  readonly change: (view: LocalView, replaces?: boolean) => void;
  /** Lets Cassandra return the rows the other way round, where it can. */
  readonly reverse?: (() => void) | undefined;
}

/** For results that have no address: kept as long as this result is shown. */
export function useOwnLocal(reader: ResultReader): LocalControl {
  const [held, setHeld] = useState({ reader, view: AS_READ });
  const view = held.reader === reader ? held.view : AS_READ;
  return useMemo(() => ({ view, change: (next: LocalView) => setHeld({ reader, view: next }) }), [view, reader]);
}
