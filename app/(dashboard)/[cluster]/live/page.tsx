import type { Metadata } from 'next';
import { LivePage } from '@/components/operate/live/live-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.live.label };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <LivePage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
