import { redirect } from 'next/navigation';
import { clusterSummaries } from '@/lib/cassandra/client/registry';
import { pagePath } from '@/lib/client/paths';

/** The configuration is read while the server runs, so this cannot be decided when it is built. */
export const dynamic = 'force-dynamic';

export default function HomePage() {
  const [first] = clusterSummaries();
  redirect(first === undefined ? pagePath.connect : pagePath.overview(first.name));
}
