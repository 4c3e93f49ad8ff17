import { StatusDot } from '@/components/ui/badge';
import type { TopologyResponse } from '@/lib/contract/topology';
import { plural } from '@/lib/text/format';

/** One line: do all nodes have the same schema, and if not, which have which. */
export function SchemaAgreement({ agreement }: { agreement: TopologyResponse['schemaAgreement'] }) {
  const { agreed, versions } = agreement;
  if (agreed === true) {
    return (
      <p className="flex items-center gap-1.5">
        <StatusDot tone="ok" />
        Schema: all nodes agree
        {versions[0] !== undefined && <code className="text-faint text-xs">{versions[0].version}</code>}
      </p>
    );
  }
  return (
    <div>
      <p className="flex items-center gap-1.5">
        <StatusDot tone={agreed === false ? 'danger' : 'neutral'} />
        {agreed === false ? `Schema: ${plural(versions.length, 'version')} at once` : 'Schema agreement: unknown'}
      </p>
      <ul className="mt-1 text-muted text-xs">
        {versions.map(({ version, nodes }) => (
          <li key={version}>
            <code>{version}</code>: {nodes.join(', ')}
          </li>
        ))}
      </ul>
    </div>
  );
}
