import { useQuery } from '@tanstack/react-query';
import { stateQuery } from './queries';

/** The release that a cluster's nodes run, such as `5.0.9`; null while unknown. */
export function useRelease(cluster: string): string | null {
  const { data } = useQuery({
    ...stateQuery(),
    select: ({ clusters }) => clusters.find(({ name }) => name === cluster)?.release ?? null,
  });
  return data ?? null;
}
