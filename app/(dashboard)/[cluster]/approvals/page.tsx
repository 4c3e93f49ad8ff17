import type { Metadata } from 'next';
import { ApprovalsPage } from '@/components/cluster/approvals/approvals-page';
import { decodeSegment } from '@/components/shell/segments';

export const metadata: Metadata = { title: 'Approvals' };

export default async function Page({ params }: { params: Promise<{ cluster: string }> }) {
  return <ApprovalsPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
