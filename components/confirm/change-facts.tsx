import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import type { Keyspace } from '@/lib/contract/schema';
import type { Classification } from '@/lib/contract/statements';
import { type ChangeSettings, changeLines } from '@/lib/workbench/change-words';

interface ChangeFactsProps {
  classification: Classification;
  /** Of the cluster; empty while the schema is not known. */
  keyspaces: readonly Keyspace[];
  settings: ChangeSettings;
}

/** What a statement touches, who takes it and at which levels, as the analysis says it. */
export function ChangeFacts({ classification, keyspaces, settings }: ChangeFactsProps) {
  const { change, refusal } = classification;
  if (change === null) return null;
  return (
    <section aria-label="What it changes" className="space-y-2 text-sm">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
        {changeLines(change, keyspaces, settings).map(({ label, text }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words">
              <Shown text={text} as="text" />
            </dd>
          </div>
        ))}
      </dl>
      {change.facts.map((fact) => (
        <p key={fact} className="text-muted">
          <Shown text={fact} as="text" />
        </p>
      ))}
      {refusal !== null && <Notice tone="warn">{refusal.message}</Notice>}
    </section>
  );
}
