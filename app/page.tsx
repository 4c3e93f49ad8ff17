import { redirect } from 'next/navigation';
import { clusterSummaries } from '@/lib/cassandra/client/registry';
import { pagePath } from '@/lib/client/paths';

/** The configuration is read at run time, so this cannot be decided at build time. */
export const dynamic = 'force-dynamic';

export default function HomePage() {
  const [first] = clusterSummaries();
  redirect(first === undefined ? pagePath.connect : pagePath.overview(first.name));
}
