import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { TablePlace } from '@/lib/client/place';

const plots = laterModule(() => import('@/components/live-plots/live-plots'));

/** What is read and written of the table now. */
export default function LiveTablePanel(place: TablePlace) {
  const loaded = useLaterModule(plots);
  return (
    <Panel title="Live" note="while this page is open">
      {loaded === undefined ? <Skeleton className="h-64" /> : <loaded.default {...place} />}
    </Panel>
  );
}
