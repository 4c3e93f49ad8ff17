import { ignore, type SharedPart } from '@/components/ui/states';
import { ApiFailure } from '@/lib/client/http';
import type { SavedList } from '@/lib/contract/saved-statements';
import { SavedView } from './saved-view';

const AT = '2026-11-29T07:00:00.000Z';

export const SAVED_LIST: SavedList = {
  directory: '/var/lib/ringside/statements',
  hasMore: false,
  mayBePrivate: false,
  mayShare: true,
  statements: [
    {
      path: 'airports',
      cluster: null,
      keyspace: null,
      description: null,
      excerpt: 'SELECT * FROM flights.airports',
      modifiedAt: AT,
      faults: [],
    },
    {
      path: 'reports/daily/delays',
      cluster: 'demo',
      keyspace: 'flights',
      description: 'For the morning report',
      excerpt: 'SELECT delay',
      modifiedAt: AT,
      faults: ['line 2: “clustr” is not a key that Ringside knows'],
    },
  ],
};

const REFUSED = new ApiFailure(
  { code: 'storage_failed', message: 'The server’s disk refused it (/data/statements).', retryable: true },
  500,
);

/** The panel with this list; null: it could not be read. */
export function savedOf(list: SavedList | undefined | null, given: Partial<Parameters<typeof SavedView>[0]> = {}) {
  return (
    <SavedView
      search=""
      onSearch={ignore}
      list={list ?? undefined}
      error={list === null ? REFUSED : null}
      onRetry={ignore}
      onClose={ignore}
      onOpen={ignore}
      onMove={ignore}
      onRemove={ignore}
      onDownload={ignore}
      onImport={ignore}
      {...given}
    />
  );
}

const PANEL = ['complementary', 'Saved statements'] as const;

export const savedStates: SharedPart = {
  name: 'saved-statements',
  place: 'h-96 w-80',
  states: {
    'in folders, one with a fault': {
      draw: () => savedOf({ ...SAVED_LIST, hasMore: true }),
      shows: [PANEL, ['button', 'What to do with airports'], ['button', 'Import files…'], ['button', 'Download all']],
    },
    'some only for you': {
      draw: () =>
        savedOf({
          ...{ ...SAVED_LIST, mayBePrivate: true },
          statements: SAVED_LIST.statements.flatMap((one) => [{ ...one, path: `private:/${one.path}` }, one]),
        }),
      shows: [PANEL, ['button', 'What to do with airports (only you)']],
    },
    loading: { draw: () => savedOf(undefined), shows: [PANEL] },
    empty: { draw: () => savedOf({ ...SAVED_LIST, statements: [] }), shows: [PANEL] },
    'nothing found': { draw: () => savedOf({ ...SAVED_LIST, statements: [] }, { search: 'x' }), shows: [PANEL] },
    'cannot be read': { draw: () => savedOf(null), shows: [['alert'], ['button', 'Try again']] },
  },
};
