'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { CopyButton } from '@/components/ui/copy-button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { nodeSectionQuery } from '@/lib/client/nodes';
import { sectionText } from '@/lib/cluster/node-section-text';
import type { NodeSection, NodeSectionName } from '@/lib/contract/nodes';
import { plural } from '@/lib/text/format';

/** What each section is called, and what it means that it has no rows. */
const WORDS: { readonly [name in NodeSectionName]: { readonly title: string; readonly empty: string } } = {
  pools: { title: 'Thread pools', empty: 'The node lists no thread pool.' },
  tasks: { title: 'Compactions and other tasks', empty: 'Nothing is being compacted.' },
  streams: { title: 'Streams', empty: 'Nothing is being streamed.' },
  hints: { title: 'Hints by target', empty: 'No hint waits.' },
  caches: { title: 'Caches', empty: 'The node lists no cache.' },
  clients: { title: 'Clients', empty: 'No client is connected.' },
  queries: { title: 'Running queries', empty: 'No query runs.' },
  logs: {
    title: 'Log',
    empty: 'No line. The node keeps its log in a table only with the appender CQLLOG in logback.xml.',
  },
  repairs: { title: 'Repairs since the start', empty: 'No repair was coordinated here since the node started.' },
  repairSessions: { title: 'Repair sessions', empty: 'No session of a repair since the node started.' },
  incrementalRepairs: { title: 'Incremental repairs', empty: 'The node has a record of none.' },
  snapshots: { title: 'Snapshots', empty: 'The node holds no snapshot.' },
};

interface NodeSectionPanelProps {
  cluster: string;
  /** Its host id. */
  node: string;
  section: NodeSectionName;
  literals: boolean;
  actions?: ReactNode;
}

/** One virtual table of one node, asked only while its page is open. */
export function NodeSectionPanel({ cluster, node, section, literals, actions }: NodeSectionPanelProps) {
  const { data, error, isFetching, refetch } = useQuery(nodeSectionQuery(cluster, node, section, literals));
  return (
    <Panel
      title={WORDS[section].title}
      flush
      actions={actions}
      note={data?.askedAt != null && <SectionNote data={data} askedAt={data.askedAt} error={error} />}
    >
      {data === undefined && error !== null && (
        <FailureState
          className="m-4"
          title="This could not be read"
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label={`Asking for ${WORDS[section].title.toLowerCase()}`}>
          <Skeleton className="m-4 h-16" />
        </Loading>
      )}
      {data !== undefined && <SectionRows section={section} data={data} />}
    </Panel>
  );
}

function SectionNote({ data, askedAt, error }: { data: NodeSection; askedAt: string; error: Error | null }) {
  return (
    <>
      <span className="font-mono">{data.statement}</span> · <ReadNote asOf={askedAt} error={error} />
    </>
  );
}

/** Rows as they were last known, with why they are not newer; or why there are none. */
export function SectionRows({ section, data }: { section: NodeSectionName; data: NodeSection }) {
  const { title, empty } = WORDS[section];
  const rows = data.rows.map((values, index) => ({ values, key: String(index) }));
  return (
    <>
      {data.why !== null && <WhyNot why={data.why} grant={data.grant} />}
      {data.outcome === 'rows' && rows.length === 0 && <p className="p-4 text-muted text-sm">{empty}</p>}
      {rows.length > 0 && (
        <DataTable caption={title} columns={columnsOf(data.columns)} rows={rows} rowKey={({ key }) => key} />
      )}
      {data.notShown > 0 && (
        <p className="px-4 py-2 text-faint text-xs">{plural(data.notShown, 'row')} more not shown.</p>
      )}
    </>
  );
}

/** Why something could not be read, and the GRANT that would help. */
export function WhyNot({ why, grant }: Pick<NodeSection, 'grant'> & { why: string }) {
  return (
    <p role="status" className="px-4 py-2 text-muted text-sm">
      {why}
      {grant !== null && (
        <span className="mt-1 flex items-center gap-2">
          <code className="break-all font-mono text-xs">{grant}</code>
          <CopyButton text={grant} label="Copy the GRANT" />
        </span>
      )}
    </p>
  );
}

interface SectionRow {
  readonly key: string;
  readonly values: readonly (string | null)[];
}

function columnsOf(names: readonly string[]): DataColumn<SectionRow>[] {
  return names.map((name, place): DataColumn<SectionRow> => {
    const { label, read, isNumber } = sectionText(name);
    return {
      id: name,
      header: label,
      rowHeader: place === 0,
      ...(isNumber ? { align: 'right' } : { className: 'max-w-160 whitespace-normal! break-words' }),
      cell: ({ values }) => {
        const value = values[place] ?? null;
        return value === null ? <span className="text-faint">–</span> : read(value);
      },
    };
  });
}
