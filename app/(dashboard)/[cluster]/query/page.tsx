import type { Metadata } from 'next';
import { QueryPage } from '@/components/query/query-page';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Query' };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <QueryPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
