import { Code } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { LinkButton } from '@/components/ui/link-button';
import { Popover } from '@/components/ui/popover';
import { pagePath } from '@/lib/client/paths';

/** The exact statement behind what is seen; null while no answer has told it. */
export function StatementButton({ cluster, statement }: { cluster: string; statement: string | null }) {
  const trigger = (
    <Button size="sm" variant="ghost" icon={<Code size={12} aria-hidden="true" />} disabled={statement === null}>
      CQL
    </Button>
  );
  return (
    <Popover label="The statement behind these rows" align="end" trigger={trigger} className="w-[min(36rem,92vw)]">
      {statement !== null && (
        <>
          <pre className="thin-scrollbar max-h-72 overflow-auto whitespace-pre-wrap break-words rounded bg-canvas p-2 text-xs">
            {statement}
          </pre>
          <div className="mt-2 flex gap-2">
            <CopyButton label="Copy CQL" text={statement} variant="secondary">
              Copy
            </CopyButton>
            <LinkButton size="sm" href={pagePath.query(cluster, { statement })}>
              Open in Query
            </LinkButton>
          </div>
        </>
      )}
    </Popover>
  );
}
