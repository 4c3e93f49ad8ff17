import type { Metadata } from 'next';
import { StatsView } from '@/components/browse/stats/stats-view';
import { decodeSegment } from '@/components/shell/segments';

type StatsPageProps = { params: Promise<{ cluster: string; keyspace: string; table: string }> };

export async function generateMetadata({ params }: StatsPageProps): Promise<Metadata> {
  const { keyspace, table } = await params;
  return { title: `${decodeSegment(keyspace) ?? ''}.${decodeSegment(table) ?? ''} stats` };
}

export default async function StatsPage({ params }: StatsPageProps) {
  const { cluster, keyspace, table } = await params;
  return (
    <StatsView
      cluster={decodeSegment(cluster) ?? ''}
      keyspace={decodeSegment(keyspace) ?? ''}
      table={decodeSegment(table) ?? ''}
    />
  );
}
