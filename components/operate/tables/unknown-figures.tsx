import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import type { SilentNode, UnknownFact } from '@/lib/contract/health';
import { plural } from '@/lib/text/format';

/** What of the figures is missing, from which nodes, and what would help. */
export function UnknownFigures({
  unknown,
  silent,
}: {
  unknown: readonly UnknownFact[];
  silent: readonly SilentNode[];
}) {
  if (unknown.length === 0 && silent.length === 0) return null;
  return (
    <Notice tone="warn" title="Some figures are not known">
      <ul className="flex flex-col gap-1 text-muted">
        {silent.map(({ node, reason }) => (
          <li key={node}>
            {node} is left out: {reason}
          </li>
        ))}
        {unknown.map(({ what, why, nodes, grant }) => (
          <li key={`${what}/${why}`}>
            {what}: {why} {nodes.length > 0 && `(${plural(nodes.length, 'node')})`}
            {grant !== null && (
              <span className="flex flex-wrap items-center gap-1">
                A superuser can permit it: <code className="font-mono text-xs">{grant}</code>
                <CopyButton text={grant} label={`Copy ${grant}`} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
