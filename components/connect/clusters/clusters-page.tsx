'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { configurationQuery } from '@/lib/client/configuration';
import { NEW_CLUSTER } from '@/lib/cluster/edit-form';
import type { ClusterEdit, ConfigurationView } from '@/lib/contract/configured';
import { ClusterEditor } from './cluster-editor';
import { ClusterTable } from './cluster-table';
import { ReviewDialog } from './review-dialog';

/** The configured clusters, and what adds, edits, tests and disables them. */
export function ClustersPage() {
  const { data, error, refetch } = useQuery(configurationQuery());
  if (data !== undefined) return <Clusters view={data} />;
  if (error !== null) {
    return <FailureState alone title="The configuration could not be read" error={error} onRetry={refetch} />;
  }
  return (
    <Loading label="Reading the configuration">
      <Skeleton className="h-40 w-full" />
    </Loading>
  );
}

function Clusters({ view }: { view: ConfigurationView }) {
  const [edited, setEdited] = useState<ClusterEdit | null>(null);
  const [reviewed, setReviewed] = useState<ClusterEdit | null>(null);
  const [client, router] = [useQueryClient(), useRouter()];
  const onSaved = (next: ConfigurationView) => {
    client.setQueryData(configurationQuery().queryKey, next);
    setReviewed(null);
    setEdited(null);
    // The header lists the clusters.
    router.refresh();
  };
  const canChange = view.fixed === null;
  const add = (
    <Button icon={<Plus size={14} aria-hidden="true" />} size="sm" onClick={() => setEdited(NEW_CLUSTER)}>
      Add a cluster
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <Standing view={view} />
      <Panel title="Clusters" note={view.path ?? view.from} actions={canChange ? add : undefined} flush>
        {view.clusters.length === 0 ? (
          <EmptyState title="No clusters yet">Add one here, or in the configuration file.</EmptyState>
        ) : (
          <ClusterTable clusters={view.clusters} canChange={canChange} onEdit={setEdited} onReview={setReviewed} />
        )}
      </Panel>
      {edited !== null && (
        <ClusterEditor
          key={edited.isNew ? 'new' : edited.name}
          edit={edited}
          secrets={view.secrets}
          onReview={setReviewed}
          onCancel={() => setEdited(null)}
        />
      )}
      {reviewed !== null && <ReviewDialog cluster={reviewed} onSaved={onSaved} onClose={() => setReviewed(null)} />}
    </div>
  );
}

/** What keeps the page from changing the configuration, or the file from being used. */
function Standing({ view: { fixed, invalid, waiting } }: { view: ConfigurationView }) {
  return (
    <>
      {invalid !== null && (
        <Notice tone="warn" title="The configuration file is not valid: the previous configuration stays in use">
          <pre className="whitespace-pre-wrap break-words text-xs">{invalid.message}</pre>
          <p className="text-muted">Since {invalid.since}. Correct the file: a valid one is used within seconds.</p>
        </Notice>
      )}
      {waiting.length > 0 && (
        <Notice title={`${waiting.join(', ')} takes effect at the next start`}>
          Restart Ringside to use what the configuration file says of it. All other keys are used already.
        </Notice>
      )}
      {fixed !== null && <Notice title="This page cannot change the configuration">{fixed}</Notice>}
    </>
  );
}
