import { LongLink } from '@/components/results/long-link';
import { CopyButton } from '@/components/ui/copy-button';
import { Shown } from '@/components/ui/shown';
import { pagePath } from '@/lib/client/paths';

/** A statement to read, to copy, and to open in the editor. */
export function StatementPanel({ cluster, statement }: { cluster: string; statement: string }) {
  return (
    <>
      <pre className="thin-scrollbar max-h-72 overflow-auto whitespace-pre-wrap break-words rounded bg-canvas p-2 text-xs">
        <Shown text={statement} as="text" />
      </pre>
      <div className="mt-2 flex gap-2">
        <CopyButton label="Copy CQL" text={statement} variant="secondary">
          Copy
        </CopyButton>
        <LongLink href={pagePath.query(cluster, { statement })}>Open in Query</LongLink>
      </div>
    </>
  );
}
