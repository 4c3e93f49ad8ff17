import type { Metadata } from 'next';
import { ExportsPage } from '@/components/exports/exports-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.exports.label };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <ExportsPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
