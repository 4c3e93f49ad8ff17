import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { ComparePlan } from '@/lib/contract/compare';
import type { CopyPlan } from '@/lib/contract/copy';
import type { Step } from '@/lib/contract/transforms';
import { formatBytes, formatCount } from '@/lib/text/format';

interface CopyPlanProps {
  plan: CopyPlan;
  typed: string;
  onType: (name: string) => void;
}

/** What a copy would do: every statement, what is left out, and what to know before it starts. */
export function CopyPlanView({ plan, typed, onType }: CopyPlanProps) {
  const { read, create, write, mapping, left, estimate, notes, confirmName } = plan;
  return (
    <div className="space-y-3 text-sm">
      <p role="status">
        Nothing has been written.
        {estimate !== null &&
          ` The source has about ${formatBytes(estimate.bytes)} in ${formatCount(estimate.partitions)} partitions.`}
      </p>
      <dl className="space-y-2">
        <Code title="Read" text={read} />
        {create.map((statement) => (
          <Code key={statement} title="Created first" text={statement} />
        ))}
        <Code title="For each row" text={write} />
        <Code
          title="Values"
          text={mapping
            .map(({ to, from, steps }) =>
              [
                `${to} ← ${'field' in from ? from.field : `${from.constant} in every row`}`,
                ...steps.map(stepText),
              ].join(', '),
            )
            .join('\n')}
        />
      </dl>
      <Left left={left} />
      <Notes notes={notes} />
      {confirmName !== null && (
        <Field label={`Type ${confirmName} to confirm`}>
          {(control) => <Input {...control} mono value={typed} onChange={({ target }) => onType(target.value)} />}
        </Field>
      )}
    </div>
  );
}

function stepText(step: Step): string {
  switch (step.do) {
    case 'trim':
      return 'trimmed';
    case 'null_if':
      return `null if it is “${step.text}”`;
    case 'split':
      return `split at “${step.by}”`;
    case 'cast':
      return `cast to ${step.to}`;
    case 'date_format':
      return `read as ${step.format}${step.zone === undefined ? '' : ` in ${step.zone}`}`;
    case 'number_format':
      return `a number with “${step.decimal}” as the decimal mark${step.group === undefined ? '' : ` and “${step.group}” between thousands`}`;
    default:
      return step satisfies never;
  }
}

/** What a comparison would read. */
export function ComparePlanView({ plan }: { plan: ComparePlan }) {
  const { key, compared, left, source, target, notes } = plan;
  return (
    <div className="space-y-3 text-sm">
      <p role="status">
        Rows are matched by {key.join(', ')}.{' '}
        {compared.length === 0 ? 'Only their keys are compared.' : `Compared: ${compared.join(', ')}.`}
      </p>
      <dl className="space-y-2">
        <Code title="This table" text={source} />
        <Code title="The other table" text={target} />
      </dl>
      <Left left={left} />
      <Notes notes={notes} />
    </div>
  );
}

function Left({ left }: { left: CopyPlan['left'] }) {
  if (left.length === 0) return null;
  return (
    <ul className="list-disc pl-4 text-warn text-xs">
      {left.map(({ name, why }) => (
        <li key={name}>
          <code>{name}</code>: {why}
        </li>
      ))}
    </ul>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  return (
    <ul className="list-disc space-y-1 pl-4 text-muted text-xs">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <dt className="text-muted text-xs">{title}</dt>
      <dd>
        <code className="block whitespace-pre-wrap break-words text-xs">
          <Shown text={text} as="text" />
        </code>
      </dd>
    </div>
  );
}
