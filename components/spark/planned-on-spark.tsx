import { useQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { ErrorState } from '@/components/ui/error-state';
import { Fold } from '@/components/ui/fold';
import { Checkbox } from '@/components/ui/input';
import { Gaps, Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { TypedName } from '@/components/ui/typed-name';
import { errorText } from '@/lib/client/error-text';
import { sparkPlanQuery } from '@/lib/client/spark';
import type { SparkColumn, SparkEstimate, SparkPlan, SparkRequest, SparkVerdict } from '@/lib/contract/spark';
import { formatBytes, formatElapsed, plural } from '@/lib/text/format';

interface PlannedOnSparkProps {
  cluster: string;
  request: SparkRequest;
  /** Asked when a column that may lose values is ticked or not. */
  onAccept: (columns: readonly string[]) => void;
  starting: boolean;
  /** `confirmName`: the table’s name as it was typed, where the job writes to it. */
  onStart: (request: SparkRequest, confirmName: string | undefined) => void;
  /** Why the last one did not start. */
  failure: ReactNode;
  /** The start stays in view at the end of its panel. */
  isSticky?: boolean;
}

/** What Spark would make of a request: columns to confirm, an estimate, the script and its command, and the start. */
export function PlannedOnSpark({
  cluster,
  request,
  starting,
  onStart,
  failure,
  onAccept,
  isSticky = false,
}: PlannedOnSparkProps) {
  const [typed, setTyped] = useState('');
  const { data: plan, error } = useQuery(sparkPlanQuery(cluster, request));
  if (error !== null) return <ErrorState title="Spark could not be planned" {...errorText(error)} />;
  if (plan === undefined) return <Planning />;
  const accepted = request.accepted ?? [];
  const written = writtenTable(request);
  const toggle = (column: string) =>
    onAccept(accepted.includes(column) ? accepted.filter((one) => one !== column) : [...accepted, column]);
  return (
    <>
      {plan.estimate !== null && <Estimated estimate={plan.estimate} />}
      <Gaps title="Spark cannot run this" gaps={plan.problems} />
      <Columns columns={plan.columns} accepted={accepted} verb={VERBS[request.do]} onToggle={toggle} />
      <ul className="list-disc pl-4 text-faint text-xs">
        {plan.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {plan.files !== null && <Files files={plan.files} />}
      {written !== null && <TypedName name={written} typed={typed} onType={setTyped} takesFocus={false} />}
      <Start
        plan={plan}
        unnamed={written !== null && typed !== written}
        isSticky={isSticky}
        busy={starting}
        failure={failure}
        onStart={() => onStart(request, written === null ? undefined : typed)}
      />
    </>
  );
}

const VERBS: Readonly<Record<SparkRequest['do'], string>> = { export: 'Export', copy: 'Copy', load: 'Load' };

/** The table whose name must be typed; null: none is written. */
function writtenTable(request: SparkRequest): string | null {
  return request.do === 'export' ? null : request.do === 'copy' ? request.to.table : request.table;
}

function Planning() {
  return (
    <Loading label="Planning for Spark">
      <Skeleton className="h-24" />
    </Loading>
  );
}

function Estimated({ estimate }: { estimate: SparkEstimate }) {
  const { bytes, splits, here, spark, reason } = estimate;
  const time = (seconds: number | null) => (seconds === null ? 'unknown' : `about ${formatElapsed(seconds * 1_000)}`);
  return (
    <Notice title={`Estimate: here ${time(here.seconds)}, on Spark ${time(spark.seconds)}`}>
      <p>{reason}</p>
      <p className="text-muted text-xs">
        {bytes === null ? 'The size is not known.' : `${formatBytes(bytes)} in ${plural(splits ?? 1, 'split')}.`} Here:{' '}
        {here.basis}. Spark: {spark.basis}.
      </p>
    </Notice>
  );
}

const VERDICTS: Readonly<Record<SparkVerdict, { tone: Tone; label: string }>> = {
  exact: { tone: 'ok', label: 'exact' },
  retyped: { tone: 'neutral', label: 'exact, another type' },
  may_lose: { tone: 'warn', label: 'may lose values' },
  unreadable: { tone: 'danger', label: 'cannot be read' },
};

interface ColumnsProps {
  columns: readonly SparkColumn[];
  accepted: readonly string[];
  /** What the job does with a column. */
  verb: string;
  onToggle: (column: string) => void;
}

/** What matters comes first; a column that may lose values wants a tick. */
function Columns({ columns, accepted, verb, onToggle }: ColumnsProps) {
  const risky = columns.filter(({ verdict }) => verdict === 'may_lose' || verdict === 'unreadable');
  const others = columns.filter((column) => !risky.includes(column));
  return (
    <>
      {risky.length > 0 && (
        <ul className="space-y-2" aria-label="Columns that Spark changes">
          {risky.map((column) => (
            <RiskyColumn
              key={column.column}
              column={column}
              accepted={accepted.includes(column.column)}
              verb={verb}
              onToggle={() => onToggle(column.column)}
            />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <Fold title={`${plural(others.length, 'column')} with exact values`}>
          <ul className="space-y-1 text-xs">
            {others.map((column) => (
              <li key={column.column}>
                <ColumnLine column={column} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
}

function ColumnLine({ column: { column, type, sparkType, verdict, notes } }: { column: SparkColumn }) {
  const { tone, label } = VERDICTS[verdict];
  return (
    <>
      <code>
        <Shown text={column} as="name" />
      </code>{' '}
      <Badge tone={tone}>{label}</Badge>{' '}
      <span className="text-muted text-xs">
        {type} → {sparkType ?? 'nothing'}. {notes.join(' ')}
      </span>
    </>
  );
}

interface RiskyColumnProps {
  column: SparkColumn;
  accepted: boolean;
  verb: string;
  onToggle: () => void;
}

function RiskyColumn({ column, accepted, verb, onToggle }: RiskyColumnProps) {
  return (
    <li className="text-sm">
      <ColumnLine column={column} />
      {column.verdict === 'may_lose' && (
        <Checkbox checked={accepted} onChange={onToggle} className="mt-1">
          {verb} <Shown text={column.column} as="name" /> all the same
        </Checkbox>
      )}
    </li>
  );
}

function Files({ files: { script, command, properties, secrets } }: { files: NonNullable<SparkPlan['files']> }) {
  return (
    <Fold title="Script and command, to run by hand">
      <div className="space-y-3">
        <CommandBlock title="Command" copy="Copy the command">
          {command}
        </CommandBlock>
        <CommandBlock title="spark.conf" copy="Copy the properties">
          {properties}
        </CommandBlock>
        {secrets.length > 0 && (
          <p className="text-muted text-xs">The login is not shown: add {secrets.join(' and ')} to the file.</p>
        )}
        <CommandBlock title="job.py" copy="Copy the script">
          {script}
        </CommandBlock>
      </div>
    </Fold>
  );
}

const STICKY = 'sticky bottom-0 -mx-4 -mb-4 space-y-2 rounded-b-md border-line border-t bg-surface px-4 py-3';

interface StartProps {
  plan: SparkPlan;
  /** The name of the table that is written to was not typed yet. */
  unnamed: boolean;
  isSticky: boolean;
  busy: boolean;
  failure: ReactNode;
  onStart: () => void;
}

function Start({ plan, unnamed, isSticky, busy, failure, onStart }: StartProps) {
  const id = useId();
  const reason = whyNot(plan) ?? (unnamed ? 'Type the table’s name.' : null);
  return (
    <div className={isSticky ? STICKY : 'space-y-2'}>
      {failure}
      <div className="flex items-center gap-3">
        <Button
          variant="primary"
          disabled={reason !== null}
          busy={busy}
          onClick={onStart}
          aria-describedby={reason === null ? undefined : id}
          icon={<Zap size={14} aria-hidden="true" />}
        >
          Start on Spark
        </Button>
        <p id={id} className="text-muted text-sm">
          {reason ?? plan.master}
        </p>
      </div>
    </div>
  );
}

function whyNot({ problems, unconfirmed, start }: SparkPlan): string | null {
  if (problems.length > 0) return 'Resolve what Spark cannot run.';
  if (unconfirmed.length > 0) return `Confirm ${plural(unconfirmed.length, 'column')} or leave them out.`;
  return start.can ? null : start.reason;
}
