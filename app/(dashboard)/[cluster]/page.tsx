import type { Metadata } from 'next';
import { Overview } from '@/components/cluster/overview';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.overview.label };

export default async function OverviewPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <Overview cluster={decodeSegment((await params).cluster) ?? ''} />;
}
