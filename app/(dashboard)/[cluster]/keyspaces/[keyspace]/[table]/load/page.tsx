import type { Metadata } from 'next';
import { LoadPage } from '@/components/load/load-page';
import { decodeSegment } from '@/components/shell/segments';

type LoadPageProps = { params: Promise<{ cluster: string; keyspace: string; table: string }> };

export async function generateMetadata({ params }: LoadPageProps): Promise<Metadata> {
  const { keyspace, table } = await params;
  return { title: `Load into ${decodeSegment(keyspace) ?? ''}.${decodeSegment(table) ?? ''}` };
}

export default async function Page({ params }: LoadPageProps) {
  const { cluster, keyspace, table } = await params;
  return (
    <LoadPage
      cluster={decodeSegment(cluster) ?? ''}
      keyspace={decodeSegment(keyspace) ?? ''}
      table={decodeSegment(table) ?? ''}
    />
  );
}
