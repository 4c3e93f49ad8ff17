import type { Metadata } from 'next';
import { Overview } from '@/components/cluster/overview';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <Overview cluster={decodeSegment((await params).cluster) ?? ''} />;
}
