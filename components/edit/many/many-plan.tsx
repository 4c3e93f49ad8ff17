import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { costText } from '@/lib/client/cost-text';
import type { ChangeManyPlan } from '@/lib/contract/change-many';
import { jsonText } from '@/lib/contract/json';
import { plural } from '@/lib/text/format';

interface ManyPlanProps {
  plan: ChangeManyPlan;
  typed: string;
  onType: (name: string) => void;
}

/** What a dry run found: how many rows, the first statements, and what to know before it starts. */
export function ManyPlanView({ plan, typed, onType }: ManyPlanProps) {
  const { counted, statement, read, cost, first, notes, confirmName } = plan;
  const rows = plural(counted.rows, 'row');
  return (
    <div className="space-y-3 text-sm">
      <p role="status">
        <strong>{counted.isComplete ? rows : `At least ${rows}`}</strong>, counted at{' '}
        <time dateTime={counted.at}>{new Date(counted.at).toLocaleTimeString('en-GB')}</time>. Nothing has been written.
      </p>
      <dl className="space-y-2">
        <Code title={cost === null ? 'Found in' : `Found by this read (${costText(cost).text})`} text={read} />
        <Code title="For each row" text={statement} />
      </dl>
      <section>
        <h3 className="font-medium text-muted text-xs">
          The first {plural(first.length, 'row')}, as they would be sent now
        </h3>
        <ol className="thin-scrollbar mt-1 max-h-72 space-y-1 overflow-auto rounded border border-line bg-canvas p-2 text-xs">
          {first.map(({ key, cql, before, message }) => (
            <li key={jsonText(key)}>
              <code className="break-words">
                <Shown text={cql ?? `${jsonText(key)}: ${message ?? 'nothing is sent'}`} as="text" />
              </code>
              {cql !== null && (
                <span className="block break-words text-faint">
                  was <Shown text={jsonText(before)} as="text" />
                </span>
              )}
            </li>
          ))}
        </ol>
      </section>
      <ul className="list-disc space-y-1 pl-4 text-muted text-xs">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      {confirmName !== null && counted.rows > 0 && (
        <Field label={`Type ${confirmName} to confirm`}>
          {(control) => <Input {...control} mono value={typed} onChange={({ target }) => onType(target.value)} />}
        </Field>
      )}
    </div>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <dt className="text-muted text-xs">{title}</dt>
      <dd>
        <code className="block break-words text-xs">
          <Shown text={text} as="text" />
        </code>
      </dd>
    </div>
  );
}
