import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { exportsQuery } from '@/lib/client/exports-query';

/** How many exports of the cluster are running; nothing while none is. */
export default function RunningExports({ cluster }: { cluster: string }) {
  const running = useQuery(exportsQuery()).data?.exports.filter(
    (item) => item.cluster === cluster && item.state === 'running',
  ).length;
  if (running === undefined || running === 0) return null;
  return (
    <Badge tone="accent" className="ml-auto">
      {running}
      <span className="sr-only"> running</span>
    </Badge>
  );
}
