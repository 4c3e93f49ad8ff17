import type { Metadata } from 'next';
import { RolesPage } from '@/components/roles/roles-page';
import { decodeSegment } from '@/components/shell/segments';
import { CLUSTER_PAGES } from '@/lib/client/pages';

export const metadata: Metadata = { title: CLUSTER_PAGES.roles.label };

export default async function ClusterRolesPage({ params }: { params: Promise<{ cluster: string }> }) {
  return <RolesPage cluster={decodeSegment((await params).cluster) ?? ''} />;
}
