import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { decodeSegment } from '@/components/shell/segments';
import { clustersFor } from '@/lib/http/rights';
import { signInState } from '@/lib/http/sign-in';

type ClusterLayoutProps = { params: Promise<{ cluster: string }>; children: ReactNode };

export async function generateMetadata({ params }: ClusterLayoutProps): Promise<Metadata> {
  const name = decodeSegment((await params).cluster) ?? '';
  return { title: { default: name, template: `%s · ${name} · Ringside` } };
}

export default async function ClusterLayout({ params, children }: ClusterLayoutProps) {
  const name = decodeSegment((await params).cluster);
  const asked = await headers();
  const clusters = clustersFor(asked);
  const cluster = clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) notFound();
  const { person } = signInState(asked);
  return (
    <AppShell cluster={cluster} clusters={clusters} person={person}>
      {children}
    </AppShell>
  );
}
