import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { LongLink } from '@/components/results/long-link';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import type { MutationOptions, MutationPlan, RowChange } from '@/lib/contract/mutations';
import { conflictsIn, type FoundConflict } from '@/lib/edit/resolve';
import { changeEnds, groupedNotes, numbered, outcomeCounts } from '@/lib/edit/review';
import type { EditTable } from '@/lib/edit/table';
import { formatCount, formatElapsed, plural } from '@/lib/text/format';
import { ChangeLine } from './change-line';
import { ReviewChoices } from './choices';
import { ConflictView } from './conflict-view';
import { keyWords } from './key-words';
import { LastEnding, type LastRuns } from './last-run';
import { itemsOf, type ReviewItem } from './review-items';
import type { ReviewState } from './review-state';
import { StatementCard } from './statement-card';

export interface ReviewViewProps {
  place: TablePlace;
  table: EditTable;
  /** Those that wait and are planned. */
  changes: readonly RowChange[];
  /** How many more wait than one plan takes. */
  left: number;
  options: MutationOptions;
  onOptions: (change: Partial<MutationOptions>) => void;
  state: ReviewState;
  /** Of changes that were run before, and still wait. */
  last?: LastRuns;
  onLook: (statements: readonly number[]) => void;
  onAgain: () => void;
  /** What stands in the place of a change from now on; null: nothing. */
  onResolve: (change: RowChange, next: RowChange | null) => void;
  onShowRow?: ((key: RowChange['key']) => void) | undefined;
}

/** All that a review says: how it is run, what it costs and risks, each change with its exact statement and its outcome. */
export function ReviewView(props: ReviewViewProps) {
  const { place, table, changes, left, options, onOptions, state } = props;
  const { phase, plan } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const isOver = phase === 'running' || phase === 'ran';
  return (
    <div ref={scroller} className="thin-scrollbar h-full overflow-auto">
      <div className="space-y-3 px-4 py-3">
        {!isOver && changes.length > 0 && (
          <ReviewChoices
            {...{ table, changes, options, onOptions }}
            defaultTtlSeconds={plan?.defaultTtlSeconds}
            disabled={isOver}
          />
        )}
        <Standing {...props} />
        {left > 0 && !isOver && (
          <Notice>
            The first {formatCount(changes.length)} changes are reviewed at a time: {plural(left, 'more change')} will
            be left.
          </Notice>
        )}
        {plan !== null && <Notes plan={plan} />}
        {plan !== null && plan.statements.length > 0 && <AllStatements place={place} plan={plan} />}
      </div>
      {plan === null ? (
        phase === 'planning' && changes.length > 0 && <Planning />
      ) : (
        <Items {...props} plan={plan} scroller={scroller} />
      )}
    </div>
  );
}

/** What is going on, in words. */
function Standing({ state, changes, table, onAgain, onLook }: ReviewViewProps) {
  const { phase, error, said, isExpired, failed, cut, plan, end } = state;
  if (phase === 'planning' && changes.length === 0) {
    return <EmptyState title="Nothing waits">No change of this table waits to be reviewed.</EmptyState>;
  }
  return (
    <>
      {phase === 'planning' && plan !== null && <Progress label="Working out the statements" fraction={null} />}
      {error !== null && (
        <ErrorState
          title={phase === 'failed' ? 'The changes could not be planned' : 'Nothing was run'}
          {...error}
          onRetry={phase === 'failed' ? onAgain : undefined}
        />
      )}
      {said !== null && <Notice tone="warn">{said}</Notice>}
      {isExpired && (
        <Notice tone="warn" title="This review has expired">
          Its TTLs and timestamps are those of the moment it was made. Review the changes again to run them.
        </Notice>
      )}
      {(phase === 'running' || phase === 'ran') && plan !== null && <Counts plan={plan} state={state} />}
      {cut !== null && plan !== null && <CutOff {...{ cut, plan, state, onLook }} />}
      {failed !== null && <ErrorState {...failed} />}
      {end !== null && plan !== null && <NotUndone {...{ end, plan, table }} />}
    </>
  );
}

function Planning() {
  return (
    <Loading label="Reading the rows and working out the statements">
      <div className="space-y-2 px-4 pb-4">
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-16 w-full" />
      </div>
    </Loading>
  );
}

/** How many statements ended, and how. */
function Counts({ plan, state: { outcomes, phase, end, isStopping } }: { plan: MutationPlan; state: ReviewState }) {
  const counts = outcomeCounts(outcomes);
  const total = plan.statements.length;
  const missing = phase === 'ran' ? total - outcomes.size : 0;
  const words = [
    counts.applied > 0 && `${formatCount(counts.applied)} applied`,
    counts.not_applied > 0 && `${formatCount(counts.not_applied)} not applied`,
    counts.refused > 0 && `${formatCount(counts.refused)} refused`,
    counts.unknown + missing > 0 && `${formatCount(counts.unknown + missing)} unknown`,
    counts.not_sent > 0 && `${formatCount(counts.not_sent)} not sent`,
  ].filter((one) => one !== false);
  const head =
    phase === 'running'
      ? isStopping
        ? 'Stopping: '
        : `Running, ${formatCount(outcomes.size)} of ${formatCount(total)}: `
      : '';
  const tail = end === null ? '' : ` · ${formatElapsed(end.elapsedMs)}`;
  return (
    <div className="space-y-1">
      <p role="status" className="font-medium text-sm tabular-nums">
        {head}
        {words.length === 0 ? 'nothing has ended yet' : words.join(' · ')}
        {tail}
      </p>
      {phase === 'running' && (
        <Progress label="Statements that have ended" fraction={outcomes.size / Math.max(1, total)} />
      )}
    </div>
  );
}

interface CutOffProps {
  cut: NonNullable<ReviewState['cut']>;
  plan: MutationPlan;
  state: ReviewState;
  onLook: (statements: readonly number[]) => void;
}

function CutOff({ cut, plan, state: { outcomes, looking }, onLook }: CutOffProps) {
  const missing = plan.statements.flatMap((_, at) => (outcomes.has(at) ? [] : [at]));
  if (missing.length === 0) return null;
  return (
    <ErrorState
      title={`The response was cut off: ${plural(missing.length, 'statement')} may have been applied`}
      {...cut}
      hint="Ringside sends no more of them. Look again to find out what became of them; the history has every statement that was sent."
    >
      <Button size="sm" className="mt-2" busy={missing.some((one) => looking.has(one))} onClick={() => onLook(missing)}>
        Look again at {plural(missing.length, 'statement')}
      </Button>
    </ErrorState>
  );
}

function NotUndone({
  end,
  plan,
  table,
}: {
  end: NonNullable<ReviewState['end']>;
  plan: MutationPlan;
  table: EditTable;
}) {
  if (end.notUndone.length === 0) return null;
  return (
    <Notice title={`${plural(end.notUndone.length, 'change')} cannot be undone`}>
      <ul>
        {end.notUndone.map(({ change, message }) => (
          <li key={change}>
            <span className="font-mono text-xs">
              <Shown text={keyWords(table, plan.changes[change]?.key ?? {})} as="line" />
            </span>
            : <Shown text={message} as="text" />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const WARNS: ReadonlySet<string> = new Set([
  'mixed_writes',
  'row_vanishes',
  'not_guarded',
  'masked_deleted',
  'ttl_lost',
  'range',
  'counter_deleted',
]);

/** What it costs and risks, each once. */
function Notes({ plan }: { plan: MutationPlan }) {
  const notes = useMemo(() => groupedNotes(plan), [plan]);
  const warnings = notes.filter(({ code }) => WARNS.has(code));
  const others = notes.filter(({ code }) => !WARNS.has(code));
  return (
    <>
      {warnings.map((note) => (
        <Notice key={note.text} tone="warn">
          <NoteText {...note} />
        </Notice>
      ))}
      {others.length > 0 && (
        <ul aria-label="Notes" className="list-disc space-y-0.5 pl-5 text-muted text-xs">
          {others.map((note) => (
            <li key={note.text}>
              <NoteText {...note} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function NoteText({ text, statements }: ReturnType<typeof groupedNotes>[number]): ReactNode {
  const where =
    statements.length === 0
      ? ''
      : ` (${numbered(
          'statement',
          statements.map((at) => at + 1),
        )})`;
  return <Shown text={`${text}${where}`} as="text" />;
}

function AllStatements({ place, plan }: { place: TablePlace; plan: MutationPlan }) {
  const { statements, consistency, serialConsistency } = plan;
  const levels = serialConsistency === null ? consistency : `${consistency} / ${serialConsistency}`;
  const all = () => statements.map(({ cql }) => `${cql};\n`).join('');
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t pt-2">
      <h3 className="font-medium text-sm">
        {plural(statements.length, 'statement')}, exactly as {statements.length === 1 ? 'it is' : 'they are'} sent
      </h3>
      <span className="text-muted text-xs">{levels}</span>
      <div className="ml-auto flex gap-1">
        <CopyButton text={all} label="Copy all statements">
          Copy all
        </CopyButton>
        <LongLink
          href={pagePath.query(place.cluster, { statement: all(), keyspace: place.keyspace })}
          variant="ghost"
          aria-label="Open all statements in the editor"
        >
          Open in editor
        </LongLink>
      </div>
    </div>
  );
}

/** Before it is measured. */
const ITEM_PX = 72;

type ItemsProps = ReviewViewProps & { plan: MutationPlan; scroller: RefObject<HTMLDivElement | null> };

/** Each change with its statement. After a run those that were not applied can be looked at alone. */
function Items(props: ItemsProps) {
  const { plan, state } = props;
  const { outcomes } = state;
  const [failedOnly, setFailedOnly] = useState(false);
  const isOver = state.phase === 'ran';
  const failing = isOver ? plan.statements.filter((_, at) => outcomes.get(at)?.outcome !== 'applied').length : 0;
  const items = useMemo(
    () => itemsOf(plan, failedOnly && isOver ? (at) => outcomes.get(at)?.outcome !== 'applied' : null),
    [plan, failedOnly, isOver, outcomes],
  );
  return (
    <>
      {failing > 0 && failing < plan.statements.length && (
        <div className="px-4 pb-2">
          <Button
            size="sm"
            aria-pressed={failedOnly}
            className="aria-pressed:bg-selected"
            onClick={() => setFailedOnly(!failedOnly)}
          >
            Only what was not applied ({formatCount(failing)})
          </Button>
        </div>
      )}
      <ItemList {...props} items={items} />
    </>
  );
}

/** Of any number of items only those in view are in the page: there may be two thousand. */
function ItemList({ items, ...props }: ItemsProps & { items: readonly ReviewItem[] }) {
  const { table, plan, state, scroller } = props;
  const { outcomes, phase } = state;
  const list = useRef<HTMLOListElement>(null);
  const [marginPx, setMarginPx] = useState(0);
  // What stands above the list grows and shrinks with what is said.
  useLayoutEffect(() => setMarginPx(list.current?.offsetTop ?? 0));
  const conflicts = useMemo(() => conflictsIn(table, plan, outcomes), [table, plan, outcomes]);
  const ends = useMemo(() => (phase === 'ran' ? changeEnds(plan, outcomes) : []), [plan, outcomes, phase]);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ITEM_PX,
    scrollMargin: marginPx,
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 6,
  });
  const place = (index: number, start: number) => ({
    ...{ 'data-index': index, 'aria-setsize': items.length, 'aria-posinset': index + 1 },
    style: { top: start - marginPx },
  });
  return (
    <ol ref={list} {...LIST} className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, start, key }) => {
        const item = items[index];
        return item === undefined ? null : (
          <li
            key={key}
            ref={virtualizer.measureElement}
            {...place(index, start)}
            className="absolute inset-x-0 px-4 pb-2"
          >
            <Item {...props} item={item} conflicts={conflicts} ends={ends} />
          </li>
        );
      })}
    </ol>
  );
}

const LIST = { 'aria-label': 'Changes and their statements' } as const;

interface ItemProps extends ItemsProps {
  item: ReviewItem;
  conflicts: ReadonlyMap<number, FoundConflict>;
  ends: ReturnType<typeof changeEnds>;
}

function Item({ item, conflicts, ends, ...props }: ItemProps) {
  const { place, table, plan, state, last, onLook, onShowRow } = props;
  const { phase, outcomes, looking } = state;
  if (item.kind === 'statement') {
    const statement = plan.statements[item.index];
    if (statement === undefined) return null;
    const run = phase === 'ran' ? 'over' : phase === 'running' ? 'running' : 'before';
    const of = `${item.index + 1} of ${formatCount(plan.statements.length)}`;
    const outcome = outcomes.get(item.index);
    return (
      <StatementCard
        {...{ place, statement, of, outcome, run }}
        isLooking={looking.has(item.index)}
        onLook={() => onLook([item.index])}
      />
    );
  }
  const change = plan.changes[item.change];
  if (change === undefined) return null;
  const found = conflicts.get(item.change);
  const ending = phase === 'running' || phase === 'ran' ? undefined : last?.endingOf(change);
  return (
    <div className="space-y-2 pt-1">
      <ChangeLine
        {...{ table, change, onShowRow }}
        row={plan.rows[item.change] ?? null}
        end={ends[item.change] ?? null}
      />
      {ending !== undefined && <LastEnding ending={ending} onLook={async () => last?.onLook(change)} />}
      {/* A conflict says why it is not planned, and what can be decided. */}
      {item.refusal !== null && found === undefined && (
        <Notice tone="warn" title="Not planned">
          {item.refusal}
        </Notice>
      )}
      <Decision
        {...props}
        change={change}
        found={found}
        isUnknown={ends[item.change] === 'unknown'}
        isRefused={item.refusal !== null}
      />
    </div>
  );
}

interface DecisionProps extends ItemsProps {
  change: RowChange;
  found: FoundConflict | undefined;
  isUnknown: boolean;
  isRefused: boolean;
}

/** What can be done about a change that was not made; nothing once it has been decided. */
function Decision({ table, state: { phase }, changes, change, found, isUnknown, isRefused, onResolve }: DecisionProps) {
  if (phase !== 'ready' && phase !== 'ran') return null;
  if (!changes.includes(change) && !isWaiting(changes, change)) {
    return phase === 'ran' && found !== undefined ? (
      <p className="text-muted text-xs">Decided: review it again.</p>
    ) : null;
  }
  if (found !== undefined) {
    return <ConflictView {...{ table, change, found }} onResolve={(next) => onResolve(change, next)} />;
  }
  if (!isRefused && !isUnknown) return null;
  return (
    <Button size="sm" onClick={() => onResolve(change, null)}>
      Drop the change
    </Button>
  );
}

/** The plan has changes of its own, equal to those that wait until these are decided. */
function isWaiting(changes: readonly RowChange[], change: RowChange): boolean {
  const text = JSON.stringify(change);
  return changes.some((one) => JSON.stringify(one) === text);
}
