import { CopyButton } from '@/components/ui/copy-button';
import type { UnknownFact } from '@/lib/contract/health';
import { plural } from '@/lib/text/format';

/** More names than these say less than their number. */
const MOST_NAMES = 3;

/** What could not be read, why, from which nodes, and what would help; folded, because it changes rarely. */
export function UnknownFacts({ unknown }: { unknown: readonly UnknownFact[] }) {
  if (unknown.length === 0) return null;
  return (
    <details className="border-line border-t text-sm">
      <summary className="min-h-8 cursor-pointer px-4 py-1.5 text-muted hover:bg-hover">
        {plural(unknown.length, 'thing')} that cannot be known now
      </summary>
      <ul className="flex flex-col gap-1.5 px-4 pb-3">
        {unknown.map(({ what, why, nodes, grant }) => (
          <li key={`${what}/${why}`}>
            <span className="font-medium">{what}</span>: {why} {nodes.length > 0 && <Nodes nodes={nodes} />}
            {grant !== null && (
              <p className="mt-0.5 flex flex-wrap items-center gap-1">
                A superuser can permit it: <code className="font-mono text-xs">{grant}</code>
                <CopyButton text={grant} label={`Copy ${grant}`} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Nodes({ nodes }: { nodes: readonly string[] }) {
  const names = nodes.length > MOST_NAMES ? plural(nodes.length, 'node') : nodes.join(', ');
  return <span className="text-faint">({names})</span>;
}
