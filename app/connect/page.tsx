import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ConnectPage } from '@/components/connect/connect-page';
import { PlainHeader } from '@/components/shell/plain-header';
import { LinkButton } from '@/components/ui/link-button';
import { PAGE_BODY } from '@/components/ui/page';
import { pagePath } from '@/lib/client/paths';
import { clustersFor } from '@/lib/http/rights';

export const metadata: Metadata = { title: 'Connect a cluster' };

export default async function ConnectRoute() {
  return (
    <>
      <PlainHeader clusters={clustersFor(await headers())} />
      <main className={PAGE_BODY}>
        <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1">
            <h1 className="font-semibold text-xl">Connect a cluster</h1>
            <p className="max-w-2xl text-muted">
              Test how to reach a Cassandra from here, then copy the configuration. Nothing typed on this page is
              stored.
            </p>
          </div>
          <LinkButton href={pagePath.clusters}>Configured clusters</LinkButton>
        </header>
        <ConnectPage />
      </main>
    </>
  );
}
