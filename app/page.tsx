import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { pagePath } from '@/lib/client/paths';
import { clustersFor } from '@/lib/http/rights';

/** The configuration is read at run time, so this cannot be decided at build time. */
export const dynamic = 'force-dynamic';

export default async function HomePage() {
  const [first] = clustersFor(await headers());
  redirect(first === undefined ? pagePath.connect : pagePath.overview(first.name));
}
