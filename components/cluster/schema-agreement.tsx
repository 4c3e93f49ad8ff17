import { StatusDot } from '@/components/ui/badge';
import { type SchemaAgreement as Agreement, agreementWords } from '@/lib/cluster/schema-agreement';

/** Whether the nodes that answer have the same schema, which do not answer, and which versions there are if several. */
export function SchemaAgreement({ agreement, label = '' }: { agreement: Agreement; label?: string }) {
  const { tone, text, notes } = agreementWords(agreement);
  const { versions } = agreement;
  const [first] = versions;
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-1.5">
        <StatusDot tone={tone} />
        {label}
        {text}
        {versions.length === 1 && <code className="font-normal text-faint text-xs">{first?.version}</code>}
      </p>
      {versions.length > 1 && (
        <ul className="mt-1 font-normal text-muted text-xs">
          {versions.map(({ version, nodes }) => (
            <li key={version}>
              <code>{version}</code>: {nodes.join(', ')}
            </li>
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <ul className="font-normal text-muted text-xs">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
