import type { Metadata } from 'next';
import { Agreement } from '@/components/cluster/agreement/agreement';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.agreement.label };

export default async function AgreementPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <Agreement cluster={decodeSegment((await params).cluster) ?? ''} />;
}
