import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { TablePlace } from '@/lib/client/place';
import { isOwnKeyspace } from '@/lib/live/series';

const plots = laterModule(() => import('@/components/live-plots/live-plots'));

/** What is read and written of the table now; of Cassandra's own tables nothing is kept. */
export default function LiveTablePanel(place: TablePlace) {
  return isOwnKeyspace(place.keyspace) ? null : <LiveTable {...place} />;
}

function LiveTable(place: TablePlace) {
  const loaded = useLaterModule(plots);
  return (
    <Panel title="Live" note="while this page is open">
      {loaded === undefined ? <Skeleton className="h-64" /> : <loaded.default {...place} />}
    </Panel>
  );
}
