'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Select } from '@/components/ui/input';
import { LinkButton } from '@/components/ui/link-button';
import type { ClusterSummary } from '@/lib/contract/clusters';
import {
  CONSISTENCY_LEVELS,
  DEFAULT_PAGE_ROWS,
  defaultConsistencySchema,
  serialConsistencySchema,
} from '@/lib/contract/common';
import type { Classification } from '@/lib/contract/statements';
import type { RunSession } from '@/lib/workbench/run-session';
import type { Runnable } from '@/lib/workbench/runnable';
import { TraceOption } from '../trace/trace-option';
import { RunButton } from './run-button';
import type { RunOptions } from './use-run-options';

const LongExportButton = dynamic(() => import('../saved/long-export-button'), { ssr: false });
/** Nothing runs at first. */
const RunClock = dynamic(() => import('./run-clock'), { ssr: false });
const RequestOptions = dynamic(() => import('./request-options'), {
  ssr: false,
  loading: () => (
    <Button size="sm" variant="ghost" disabled>
      More
    </Button>
  ),
});

const SERIAL_LEVELS = serialConsistencySchema.options;
/** The driver cannot send ANY. */
const PLAIN_LEVELS = defaultConsistencySchema.options.filter((level) => level !== 'ANY');

const PAGE_ROWS = [100, 500, 1_000, 2_000, 5_000, 10_000];

/** A list would be as wide as its longest choice. */
const AS_WIDE_AS_CHOSEN = 'w-auto! [field-sizing:content]';

interface RunBarProps {
  summary: ClusterSummary | undefined;
  keyspaces: readonly string[];
  keyspace: string | null;
  options: RunOptions;
  runnable: Runnable;
  /** Of the one statement at the cursor; null where there is none, and until what analyses it is loaded. */
  classification: Classification | null;
  session: RunSession;
  running: boolean;
  link: () => string | Promise<string>;
  /** Where the statement at the cursor is exported; null when it cannot be. */
  exportHref: string | null;
  /** The same for a statement that no address can hold: keeps it first. */
  longExport?: () => Promise<string>;
  onKeyspace: (keyspace: string | null) => void;
  onOptions: (change: Partial<RunOptions>) => void;
  onRun: () => void;
  onStop: () => void;
  /** For several statements at once. */
  script?: ReactNode;
}

/** The choices for the next run: keyspace · consistency · rows per page · trace · the rarer ones; its time; Run. */
export function RunBar(props: RunBarProps) {
  const { link, exportHref, longExport, options, classification, session, onOptions } = props;
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-surface px-3 py-1 sm:flex-nowrap sm:items-start">
      {/* On a phone all of it is one flow; elsewhere Run keeps its place beside the choices, however many lines they take. */}
      <div className="contents min-h-8 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 sm:flex">
        <KeyspaceSelect {...props} />
        <ConsistencySelect {...props} />
        <PageRowsSelect {...props} />
        {!props.summary?.lacks?.includes('operate') && (
          <TraceOption checked={options.trace} onChange={(trace) => onOptions({ trace })} />
        )}
        <RequestOptions options={options} classification={classification} onOptions={onOptions} />
        <CopyButton text={link} label="Copy a link that fills the editor with this statement">
          Link
        </CopyButton>
        {exportHref !== null && (
          <LinkButton size="sm" variant="ghost" href={exportHref}>
            Export
          </LinkButton>
        )}
        {longExport !== undefined && <LongExportButton path={longExport} />}
        {props.script}
      </div>
      <div className="ml-auto flex shrink-0 items-center gap-3">
        <RunClock session={session} />
        <RunButton {...props} />
      </div>
    </div>
  );
}

function KeyspaceSelect({ keyspaces, keyspace, onKeyspace }: RunBarProps) {
  const unknown = keyspace !== null && !keyspaces.includes(keyspace);
  return (
    <Select
      dense
      aria-label="Keyspace"
      className={`${AS_WIDE_AS_CHOSEN} max-w-60 font-mono`}
      value={keyspace ?? ''}
      onChange={({ target }) => onKeyspace(target.value || null)}
    >
      <option value="">no keyspace</option>
      {unknown && <option value={keyspace}>{keyspace} (missing)</option>}
      {keyspaces.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}

function ConsistencySelect({ options, onOptions, summary }: RunBarProps) {
  return (
    <Select
      dense
      aria-label="Consistency level"
      className={AS_WIDE_AS_CHOSEN}
      value={options.consistency ?? ''}
      onChange={({ target }) =>
        onOptions({ consistency: CONSISTENCY_LEVELS.find((level) => level === target.value) ?? null })
      }
    >
      <option value="">{summary?.consistency ?? 'cluster’s level'} (default)</option>
      {PLAIN_LEVELS.map((level) => (
        <option key={level}>{level}</option>
      ))}
      <optgroup label="Reads of one partition, through Paxos">
        {SERIAL_LEVELS.map((level) => (
          <option key={level}>{level}</option>
        ))}
      </optgroup>
    </Select>
  );
}

function PageRowsSelect({ options, onOptions, summary }: RunBarProps) {
  const own = summary?.pageRows ?? DEFAULT_PAGE_ROWS;
  return (
    <Select
      dense
      aria-label="Rows per page"
      className={AS_WIDE_AS_CHOSEN}
      value={options.pageRows ?? ''}
      onChange={({ target }) => onOptions({ pageRows: target.value === '' ? null : Number(target.value) })}
    >
      <option value="">{own} rows per page</option>
      {PAGE_ROWS.filter((rows) => rows !== own).map((rows) => (
        <option key={rows} value={rows}>
          {rows} rows per page
        </option>
      ))}
    </Select>
  );
}
