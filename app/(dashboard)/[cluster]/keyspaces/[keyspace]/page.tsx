import type { Metadata } from 'next';
import { KeyspaceView } from '@/components/schema/keyspace-view';
import { decodeSegment } from '@/components/shell/segments';

type KeyspacePageProps = { params: Promise<{ cluster: string; keyspace: string }> };

export async function generateMetadata({ params }: KeyspacePageProps): Promise<Metadata> {
  return { title: decodeSegment((await params).keyspace) ?? '' };
}

export default async function KeyspacePage({ params }: KeyspacePageProps) {
  const { cluster, keyspace } = await params;
  return <KeyspaceView cluster={decodeSegment(cluster) ?? ''} keyspace={decodeSegment(keyspace) ?? ''} />;
}
