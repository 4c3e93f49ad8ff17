import type { Metadata } from 'next';
import { NodePage } from '@/components/operate/nodes/node-page';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Node' };

export default async function Page({ params }: { params: Promise<{ cluster: string; node: string }> }) {
  const { cluster, node } = await params;
  return <NodePage cluster={decodeSegment(cluster) ?? ''} node={decodeSegment(node) ?? ''} />;
}
