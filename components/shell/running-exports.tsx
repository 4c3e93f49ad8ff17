import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { exportsQuery } from '@/lib/client/exports-query';
import { runningJobsQuery } from '@/lib/client/jobs';

/** How many exports of the cluster are running, downloads and jobs of the server; nothing while none is. */
export default function RunningExports({ cluster }: { cluster: string }) {
  const { data: jobs = 0 } = useQuery(runningJobsQuery(cluster));
  const downloads = useQuery(exportsQuery()).data?.exports.filter(
    (item) => item.cluster === cluster && item.state === 'running',
  );
  const running = jobs + (downloads?.length ?? 0);
  if (running === 0) return null;
  return (
    <Badge tone="accent" className="ml-auto">
      {running}
      <span className="sr-only"> running</span>
    </Badge>
  );
}
