import type { Metadata } from 'next';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { RingView } from '@/components/cluster/topology/ring-view';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Ring' };

export default async function RingPage({ params }: { params: Promise<{ cluster: string }> }) {
  return (
    <NuqsAdapter>
      <RingView cluster={decodeSegment((await params).cluster) ?? ''} />
    </NuqsAdapter>
  );
}
