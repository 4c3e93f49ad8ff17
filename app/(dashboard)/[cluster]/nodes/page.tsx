import type { Metadata } from 'next';
import { NodesPage } from '@/components/operate/nodes/nodes-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.nodes.label };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <NodesPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
