import type { Metadata } from 'next';
import { QueryPage } from '@/components/query/query-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.query.label };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <QueryPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
