import type { Metadata } from 'next';
import { TablesPage } from '@/components/operate/tables/tables-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.tables.label };

export default async function Tables({ params }: { params: Promise<{ cluster: string }> }) {
  return <TablesPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
