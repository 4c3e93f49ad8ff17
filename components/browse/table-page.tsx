'use client';

import { ResultSkeleton } from '@/components/results/rows/result-skeleton';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import type { BrowseAddress } from '@/lib/browse/address';
import type { TablePlace } from '@/lib/client/place';
import { NOT_READ } from '@/lib/reader/read-state';
import { TableHead } from './table-head';
import { KEY_SPACE, TOOLBAR_SPACE } from './toolbar-space';

/** The code that reads and draws rows loads while the shell hydrates. */
const tableView = laterModule(() => import('./table-view'));

type TablePageProps = {
  place: TablePlace;
  /** The view in the address, read by the server: the code that reads it in the browser comes with the view. */
  first: BrowseAddress;
};

/** The table page: its frame at once, rows as soon as their code is loaded. */
export function TablePage({ place, first }: TablePageProps) {
  const view = useLaterModule(tableView);
  return view === undefined ? <TableFrame place={place} first={first} /> : <view.TableView {...place} />;
}

/** The page before anything is known: the same heights, so that nothing moves later. */
function TableFrame({ place, first }: TablePageProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableHead place={place} keyspace={undefined} table={undefined} address={first} reading={NOT_READ} />
      {KEY_SPACE}
      {TOOLBAR_SPACE}
      <div className="min-h-0 flex-1 overflow-hidden bg-surface">
        <ResultSkeleton />
      </div>
      <div className="h-9 shrink-0 border-line border-t bg-surface" />
    </div>
  );
}
