'use client';

import Link from 'next/link';
import { StatusDot, type Tone } from '@/components/ui/badge';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';
import { changeTitle, type EventTone, eventTitle, eventTone, fieldWords } from '@/lib/cluster/event-words';
import type { ChangedField, ClusterEvent, SchemaChange } from '@/lib/contract/events';
import { plural } from '@/lib/text/format';
import { NodeLink } from '../node-link';

const TONES: Readonly<Record<EventTone, Tone>> = { bad: 'danger', good: 'ok', plain: 'neutral' };
const SINCE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
const TIME = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });
/** A shorter time is that between two looks, and not worth a line. */
const LONG_MS = 60_000;

interface EventItemProps {
  cluster: string;
  event: ClusterEvent;
  onNode: (address: string) => void;
}

export function EventItem({ cluster, event, onNode }: EventItemProps) {
  const { at, node, changes, fields, source } = event;
  const only = changes.length === 1 ? changes[0] : undefined;
  const isList = changes.length > 1 || changes.some((change) => change.fields.length > 0);
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2 text-sm">
      <time dateTime={at} title={at} className="w-16 shrink-0 text-muted tabular-nums">
        {TIME.format(new Date(at))}
      </time>
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-baseline gap-x-2 break-words">
          <StatusDot tone={TONES[eventTone(event)]} />
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            {node !== null && (
              <NodeLink cluster={cluster} node={node} className="font-medium">
                <Shown text={node} as="text" />
              </NodeLink>
            )}
            <span className="min-w-0">
              <Shown text={eventTitle(event)} as="text" />
            </span>
            {only !== undefined && <OpenTable cluster={cluster} change={only} />}
          </span>
        </p>
        <Fields fields={fields} />
        {changes.length === 0 && event.moreChanges > 0 && (
          <p className="text-muted">{plural(event.moreChanges, 'more change')}, not kept</p>
        )}
        {isList && <Changes cluster={cluster} event={event} />}
        <Between event={event} />
      </div>
      {node !== null && (
        <button
          type="button"
          aria-label={`Only events of ${node}`}
          className="min-h-6 text-faint text-xs hover:underline"
          onClick={() => onNode(node)}
        >
          only this node
        </button>
      )}
      <span className="text-faint text-xs">
        seen by <Shown text={source} as="text" />
      </span>
    </li>
  );
}

/** The way to a table that is still there. */
function OpenTable({ cluster, change: { what, path, how } }: { cluster: string; change: SchemaChange }) {
  const [keyspace, table] = path;
  if (keyspace === undefined || table === undefined || !IN_TABLES.has(what)) return null;
  if (how === 'dropped' && (what === 'table' || what === 'view')) return null;
  return (
    <Link className="text-accent hover:underline" href={pagePath.tableSchema(cluster, keyspace, table)}>
      Open <Shown text={`${keyspace}.${table}`} as="text" />
    </Link>
  );
}

const IN_TABLES: ReadonlySet<string> = new Set(['table', 'view', 'column', 'index']);

function Fields({ fields }: { fields: readonly ChangedField[] }) {
  if (fields.length === 0) return null;
  return (
    <ul className="text-muted">
      {fields.map((field) => (
        <li key={field.field} className="break-words">
          <Shown text={fieldWords(field)} as="text" />
        </li>
      ))}
    </ul>
  );
}

function Changes({ cluster, event: { changes, moreChanges } }: Pick<EventItemProps, 'cluster' | 'event'>) {
  const list = (
    <ul className="mt-1 flex flex-col gap-1">
      {changes.map((change) => (
        <li key={`${change.what} ${change.path.join('.')}`} className="break-words">
          {changes.length > 1 && (
            <>
              <Shown text={changeTitle(change)} as="text" /> <OpenTable cluster={cluster} change={change} />
            </>
          )}
          <Fields fields={change.fields} />
        </li>
      ))}
      {moreChanges > 0 && <li className="text-muted">{plural(moreChanges, 'more change')}, not kept</li>}
    </ul>
  );
  if (changes.length === 1) return list;
  return (
    <details>
      <summary className="cursor-pointer text-muted">Show them</summary>
      {list}
    </details>
  );
}

/** When it can have begun, where that is long before it was seen. */
function Between({ event: { kind, since, at } }: { event: ClusterEvent }) {
  const longMs = since === null ? 0 : Date.parse(at) - Date.parse(since);
  if (since === null || longMs < LONG_MS) return null;
  const time = (
    <time dateTime={since} title={since}>
      {SINCE.format(new Date(since))}
    </time>
  );
  return (
    <p className="text-muted text-xs">
      {kind === 'watching_began' ? (
        <>It had last watched at {time}.</>
      ) : (
        <>It happened after {time}, while Ringside did not watch.</>
      )}
    </p>
  );
}
