import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ConnectPage } from '@/components/connect/connect-page';
import { PlainHeader } from '@/components/shell/plain-header';
import { PAGE_BODY } from '@/components/ui/page';
import { clustersFor } from '@/lib/http/rights';

export const metadata: Metadata = { title: 'Connect a cluster' };

export default async function ConnectRoute() {
  return (
    <>
      <PlainHeader clusters={clustersFor(await headers())} />
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
