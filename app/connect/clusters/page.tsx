import type { Metadata } from 'next';
import { ClustersPage } from '@/components/connect/clusters/clusters-page';
import { PlainHeader } from '@/components/shell/plain-header';
import { LinkButton } from '@/components/ui/link-button';
import { PAGE_BODY } from '@/components/ui/page';
import { clusterSummaries } from '@/lib/cassandra/client/registry';
import { pagePath } from '@/lib/client/paths';

export const metadata: Metadata = { title: 'Clusters' };
// The list changes while the server runs.
export const dynamic = 'force-dynamic';

export default function ClustersRoute() {
  return (
    <>
      <PlainHeader clusters={clusterSummaries()} />
      <main className={PAGE_BODY}>
        <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1">
            <h1 className="font-semibold text-xl">Clusters</h1>
            <p className="max-w-2xl text-muted">
              The clusters of the configuration file. A change is used at once, and what runs elsewhere goes on.
            </p>
          </div>
          <LinkButton href={pagePath.connect}>Try a connection</LinkButton>
        </header>
        <ClustersPage />
      </main>
    </>
  );
}
