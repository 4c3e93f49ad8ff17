import type { JsonValue } from '@/lib/contract/json';
import type { Anchor } from '@/lib/grid/page-marks';

/** What to read: an NDJSON route and the request that it takes, apart from where to begin and how many pages. */
export interface ResultSource {
  /** Two sources of one key are the same result; another key begins anew. */
  readonly key: string;
  /** Names the grid for people who do not see it: `flights.by_origin_day`. */
  readonly label: string;
  readonly path: string;
  readonly body: { readonly [name: string]: JsonValue };
  /** Where the scan begins; at its start unless given. */
  readonly start?: Anchor;
  /**
   * False for what changes something: it is sent once, never again by itself, and there is no reading on.
   */
  readonly repeatable: boolean;
}

const START: Anchor = { kind: 'start' };

export function startOf(source: ResultSource): Anchor {
  return source.start ?? START;
}

/** The request that reads from `anchor`; `maxPages` 0 reads to the end. */
export function requestAt(source: ResultSource, anchor: Anchor, maxPages: number): { [name: string]: JsonValue } {
  switch (anchor.kind) {
    case 'start':
      return { ...source.body, maxPages };
    case 'cursor':
      return { ...source.body, maxPages, cursor: anchor.cursor };
    case 'token':
      return { ...source.body, maxPages, fromToken: anchor.token };
    default:
      return anchor satisfies never;
  }
}
