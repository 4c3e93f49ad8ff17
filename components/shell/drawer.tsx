import { Sheet } from '@/components/ui/sheet';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { SideNav } from './side-nav';

/** Navigation for screens without room for it beside the page. */
export default function Drawer({ cluster, onClose }: { cluster: ClusterSummary; onClose: () => void }) {
  return (
    <Sheet open onOpenChange={onClose} title={cluster.label} side="left" className="w-[min(320px,85vw)]">
      <SideNav cluster={cluster} />
    </Sheet>
  );
}
