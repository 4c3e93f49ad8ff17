'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Age } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { Later } from '@/components/ui/later';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { NavTabs } from '@/components/ui/nav-tabs';
import { Gaps, Notice } from '@/components/ui/notice';
import { PAGE_BODY } from '@/components/ui/page';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { clusterPath } from '@/lib/client/paths';
import { schemaQuery } from '@/lib/client/queries';
import { topologyQuery } from '@/lib/client/topology-query';
import { type Question, writeWhatIfAddress } from '@/lib/cluster/what-if-address';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { TopologyResponse } from '@/lib/contract/topology';
import { LossBoard } from './loss-board';
import { useWhatIf } from './use-what-if';

/** Few addresses are damaged. */
const UnreadWhatIfNotice = lazy(() => import('./unread-what-if-notice'));

const LABELS: Readonly<Record<Question, string>> = {
  loss: 'Lose nodes',
  replication: 'Replication',
  nodes: 'Add or remove',
};

/** What a loss of nodes, another replication, or a node more or less would mean. Nothing here changes the cluster. */
export function WhatIfView({ cluster }: { cluster: string }) {
  const [{ question }] = useWhatIf();
  const topology = useQuery(topologyQuery(cluster));
  const schema = useQuery(schemaQuery(cluster));
  const failed = [topology, schema].find(({ error }) => error !== null);
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">What if</h1>
        <QuestionTabs cluster={cluster} question={question} />
        {topology.data !== undefined && (
          <p className="ml-auto text-faint text-xs">
            <Age asOf={topology.data.asOf} />
          </p>
        )}
      </header>
      <Later>
        <UnreadWhatIfNotice />
      </Later>
      {failed?.error != null && (
        <FailureState
          title={failed === topology ? 'The ring could not be read' : 'The schema could not be read'}
          error={failed.error}
          onRetry={() => failed.refetch()}
          retrying={failed.isFetching}
        />
      )}
      {topology.data !== undefined && schema.data !== undefined ? (
        <Answered cluster={cluster} question={question} topology={topology.data} schema={schema.data} />
      ) : (
        failed === undefined && <WhatIfSkeleton />
      )}
    </div>
  );
}

function QuestionTabs({ cluster, question }: { cluster: string; question: Question }) {
  const hrefOf = (wanted: Question) => {
    const search = writeWhatIfAddress('', { question: wanted });
    return `${clusterPath(cluster, 'whatIf')}${search === '' ? '' : `?${search}`}`;
  };
  const tab = (wanted: Question) => ({
    href: hrefOf(wanted),
    label: <span className="whitespace-nowrap">{LABELS[wanted]}</span>,
    current: wanted === question,
  });
  return <NavTabs label="Questions" tabs={[tab('loss'), tab('replication'), tab('nodes')]} />;
}

type AnsweredProps = { cluster: string; question: Question; topology: TopologyResponse; schema: SchemaResponse };

function Answered({ cluster, question, topology, schema }: AnsweredProps) {
  if (!topology.partitioner.endsWith('Murmur3Partitioner')) {
    return (
      <Notice tone="warn">
        This is computed for Murmur3 tokens; this cluster places keys by {topology.partitioner}.
      </Notice>
    );
  }
  return (
    <>
      <Gaps gaps={[...topology.gaps, ...schema.gaps]} />
      {question === 'loss' ? (
        <LossBoard topology={topology} keyspaces={schema.keyspaces} />
      ) : (
        <Changes cluster={cluster} question={question} topology={topology} schema={schema} />
      )}
    </>
  );
}

const CHANGES = laterModule(() => import('./change-boards'));

function Changes(props: AnsweredProps) {
  const module = useLaterModule(CHANGES);
  return module === undefined ? <WhatIfSkeleton /> : <module.ChangeBoards {...props} />;
}

function WhatIfSkeleton() {
  return (
    <Loading label="Reading the ring and the schema">
      <div className="grid gap-4 lg:grid-cols-[minmax(0,432px)_minmax(0,1fr)]">
        <Skeleton className="h-[480px]" />
        <Skeleton className="h-[480px]" />
      </div>
    </Loading>
  );
}
