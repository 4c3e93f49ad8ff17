import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { decodeSegment } from '@/components/shell/segments';
import { clusterSummaries } from '@/lib/cassandra/client/registry';
import { signInState } from '@/lib/http/sign-in';

type ClusterLayoutProps = { params: Promise<{ cluster: string }>; children: ReactNode };

export async function generateMetadata({ params }: ClusterLayoutProps): Promise<Metadata> {
  const name = decodeSegment((await params).cluster) ?? '';
  return { title: { default: name, template: `%s · ${name} · Ringside` } };
}

export default async function ClusterLayout({ params, children }: ClusterLayoutProps) {
  const name = decodeSegment((await params).cluster);
  const clusters = clusterSummaries();
  const cluster = clusters.find((candidate) => candidate.name === name);
  if (cluster === undefined) notFound();
  const { person } = signInState(await headers());
  return (
    <AppShell cluster={cluster} clusters={clusters} person={person}>
      {children}
    </AppShell>
  );
}
