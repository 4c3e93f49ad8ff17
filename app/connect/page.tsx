import type { Metadata } from 'next';
import { ConnectPage } from '@/components/connect/connect-page';
import { PlainHeader } from '@/components/shell/plain-header';
import { PAGE_BODY } from '@/components/ui/page';
import { clusterSummaries } from '@/lib/cassandra/client/registry';

export const metadata: Metadata = { title: 'Connect a cluster' };

export default function ConnectRoute() {
  return (
    <>
      <PlainHeader clusters={clusterSummaries()} />
      <main className={PAGE_BODY}>
        <header>
          <h1 className="font-semibold text-xl">Connect a cluster</h1>
          <p className="max-w-2xl text-muted">
            Test how to reach a Cassandra from here, then copy the configuration. Nothing typed on this page is stored.
          </p>
        </header>
        <ConnectPage />
      </main>
    </>
  );
}
