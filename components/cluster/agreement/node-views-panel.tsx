import { Age } from '@/components/shell/age';
import { NODE_TONES } from '@/components/token-ring/node-state';
import { StatusDot } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Panel } from '@/components/ui/panel';
import type { NodeViews, SilentNode, Subject } from '@/lib/contract/health';
import { formatCount, formatInterval, plural } from '@/lib/text/format';
import { useFirstRows } from '../first-rows';
import { NodeLink } from '../node-link';
import { UnknownFacts } from '../verdict/unknown-facts';

/** A matrix with more columns than these is wider than a screen: then only who differs is named. */
const MOST_OBSERVERS = 12;

/** What each node says of each: a row for a node, a column for who sees it. */
export function NodeViewsPanel({ cluster, views }: { cluster: string; views: NodeViews }) {
  const { subjects, silent, pace } = views;
  const differing = subjects.filter(({ isAgreed }) => !isAgreed);
  const silentNames = new Set(silent.map(({ node }) => node));
  const { shown, rest } = useFirstRows(subjects, ({ node, isAgreed }) => !isAgreed || silentNames.has(node));
  const isWell = differing.length === 0 && silent.length === 0;
  return (
    <Panel
      title="What each node says of each"
      flush
      note={`every node is asked every ${formatInterval(pace.everyMs)} for all viewers, at most ${formatCount(pace.statementsPerMinute)} statements a minute in all`}
    >
      <p className="flex items-center gap-2 px-4 py-2 font-medium" role="status">
        <StatusDot tone={differing.length > 0 ? 'danger' : isWell ? 'ok' : 'warn'} />
        {headline(differing.length, silent)}
      </p>
      <DataTable
        caption="What each node says of each"
        columns={columnsOf(cluster, views)}
        rows={shown}
        rowKey={({ node }) => node}
      />
      {rest}
      <ul className="flex flex-col gap-1 border-line border-t px-4 py-2 text-muted text-sm empty:hidden">
        {differing.flatMap(({ node, fields }) =>
          fields.map(({ field, values }) => (
            <li key={`${node}/${field}`}>
              <span className="font-mono text-xs">{node}</span>, {field}:{' '}
              {values.map(({ value, observers }) => `${value} by ${observers.join(', ')}`).join('; ')}
            </li>
          )),
        )}
      </ul>
      <UnknownFacts unknown={views.unknown} />
    </Panel>
  );
}

function headline(differing: number, silent: readonly SilentNode[]): string {
  const silence = silent.length === 0 ? '' : `; ${plural(silent.length, 'node does', 'nodes do')} not answer`;
  if (differing === 0) return `The nodes that answer agree about each other${silence}`;
  return `The nodes disagree about ${plural(differing, 'node')}${silence}`;
}

function columnsOf(cluster: string, views: NodeViews): DataColumn<Subject>[] {
  const subject: DataColumn<Subject> = {
    id: 'node',
    header: 'Node',
    rowHeader: true,
    mono: true,
    cell: ({ node }) => <NodeLink cluster={cluster} node={node} />,
  };
  const place: DataColumn<Subject> = {
    id: 'place',
    header: 'Datacenter / rack',
    cell: ({ datacenter, rack }) => `${datacenter} / ${rack}`,
  };
  if (views.subjects.length > MOST_OBSERVERS) return [subject, place, ...summaryColumns(views)];
  return [subject, place, ...views.subjects.map(({ node }) => observerColumn(node, views))];
}

function summaryColumns(views: NodeViews): DataColumn<Subject>[] {
  return [
    { id: 'common', header: 'Seen by most as', cell: ({ common }) => <State {...common} /> },
    {
      id: 'others',
      header: 'Seen otherwise by',
      className: 'whitespace-normal!',
      cell: ({ others }) => others.map(({ observer, state }) => `${observer}: ${state}`).join(', ') || 'nobody',
    },
    {
      id: 'answer',
      header: 'Answers Ringside',
      className: 'whitespace-normal!',
      cell: ({ node }) => <Answer silence={views.silent.find((one) => one.node === node)} />,
    },
  ];
}

function observerColumn(observer: string, views: NodeViews): DataColumn<Subject> {
  const seen = views.observers.find(({ node }) => node === observer);
  const silence = views.silent.find(({ node }) => node === observer);
  return {
    id: observer,
    header: (
      <>
        <span className="font-mono">{observer}</span> says
        <span className="block font-normal">
          {seen === undefined ? <Answer silence={silence} isShort /> : <Age asOf={seen.askedAt} />}
        </span>
      </>
    ),
    className: 'min-w-40 whitespace-normal! align-top',
    cell: (subject) => cellOf(subject, observer, views),
  };
}

function cellOf(subject: Subject, observer: string, { observers, silent }: NodeViews) {
  if (subject.node === observer) return <Answer silence={silent.find(({ node }) => node === observer)} />;
  if (observers.every(({ node }) => node !== observer)) return <State state="unknown" />;
  const other = subject.others.find((one) => one.observer === observer);
  return <State {...(other ?? subject.common)} />;
}

function State({ state, reason }: Subject['common']) {
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <StatusDot tone={NODE_TONES[state]} />
      <span>
        {state}
        {reason !== undefined && <span className="block text-faint text-xs">{reason}</span>}
      </span>
    </span>
  );
}

/** What Ringside itself found: unknown is not down. */
function Answer({ silence, isShort = false }: { silence: SilentNode | undefined; isShort?: boolean }) {
  if (silence === undefined) return <State state="up" {...(isShort ? {} : { reason: 'answers Ringside' })} />;
  return (
    <span>
      <StatusDot /> unknown, {silence.lastAnswerAt === null ? 'no answer yet' : <NoAnswer at={silence.lastAnswerAt} />}
      {!isShort && <span className="block text-faint text-xs">{silence.reason}</span>}
    </span>
  );
}

function NoAnswer({ at }: { at: string }) {
  return (
    <>
      no answer since{' '}
      <time dateTime={at} title={at}>
        {at.slice(11, 19)} UTC
      </time>
    </>
  );
}
