import { useQuery } from '@tanstack/react-query';
import { exportProgressQuery } from '@/lib/client/exports-query';
import { jobQuery } from '@/lib/client/jobs';
import { type Source, withLive } from '@/lib/client/transfers';

/** The source as the server's stream has it while `watching`, else as it was listed. */
export function useLive(source: Source, watching: boolean): Source {
  const [jobId, downloadId] = watching ? streamsOf(source) : [];
  const job = useQuery({ ...jobQuery(jobId ?? ''), enabled: jobId !== undefined });
  const download = useQuery({ ...exportProgressQuery(downloadId ?? ''), enabled: downloadId !== undefined });
  return withLive(source, { job: job.data, download: download.data });
}

function streamsOf(source: Source): [job: string | undefined, download: string | undefined] {
  return source.kind === 'job' ? [source.job.id, undefined] : [undefined, source.download?.id];
}
