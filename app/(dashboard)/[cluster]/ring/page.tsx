import type { Metadata } from 'next';
import { RingView } from '@/components/cluster/topology/ring-view';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.ring.label };

export default async function RingPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <RingView cluster={decodeSegment((await params).cluster) ?? ''} />;
}
