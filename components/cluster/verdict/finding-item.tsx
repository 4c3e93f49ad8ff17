import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Age } from '@/components/shell/age';
import { Badge, type Tone } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';
import type { Evidence, Finding, Severity } from '@/lib/contract/health';
import { NodeLink } from '../node-link';
import { evidenceText } from './evidence-text';

const SEVERITIES: Readonly<Record<Severity, { readonly tone: Tone; readonly word: string }>> = {
  danger: { tone: 'danger', word: 'Serious' },
  warn: { tone: 'warn', word: 'Warning' },
  notice: { tone: 'accent', word: 'Notice' },
};

type FindingItemProps = { cluster: string; finding: Finding; children?: ReactNode };

/** One finding: its title, which unfolds all that it takes to check it. */
export function FindingItem({ cluster, finding, children }: FindingItemProps) {
  const { tone, word } = SEVERITIES[finding.severity];
  return (
    <details className="group/finding border-line not-last:border-b">
      <summary className="flex min-h-9 cursor-pointer items-baseline gap-2 px-4 py-1.5 hover:bg-hover">
        <ChevronRight
          size={14}
          aria-hidden="true"
          className="shrink-0 self-center text-faint group-open/finding:rotate-90"
        />
        <Badge tone={tone} className="w-16 justify-center">
          {word}
        </Badge>
        <span className="min-w-0 break-words">{finding.title}</span>
      </summary>
      <div className="flex flex-col gap-3 border-line border-t bg-canvas px-4 py-3 text-sm">
        <DataTable
          caption="Evidence"
          columns={columnsOf(cluster)}
          rows={finding.evidence}
          rowKey={(one) => JSON.stringify([one.what, one.node, one.value])}
        />
        <dl className="grid max-w-4xl gap-x-4 gap-y-1.5 sm:grid-cols-[max-content_1fr]">
          <Fact name="What it means">{finding.meaning}</Fact>
          <Fact name="What to do">{finding.action}</Fact>
          <Fact name="Threshold">
            {finding.threshold.text} <span className="text-faint">({finding.threshold.source})</span>
          </Fact>
          {finding.blindSpot !== null && <Fact name="Not known">{finding.blindSpot}</Fact>}
          <Fact name="Shown by">
            <code className="break-all font-mono text-xs">{finding.statement}</code>
          </Fact>
        </dl>
        <div className="flex flex-wrap items-end gap-2">
          <LinkButton size="sm" href={pagePath.query(cluster, { statement: finding.statement })}>
            Open in the editor
          </LinkButton>
          {children}
        </div>
      </div>
    </details>
  );
}

const columnsOf = (cluster: string): readonly DataColumn<Evidence>[] => [
  { id: 'what', header: 'Evidence', rowHeader: true, className: 'whitespace-normal!', cell: ({ what }) => what },
  { id: 'value', header: 'Value', mono: true, className: 'whitespace-normal!', cell: evidenceText },
  {
    id: 'node',
    header: 'From',
    mono: true,
    cell: ({ node }) => (node === null ? 'schema and ring' : <NodeLink cluster={cluster} node={node} />),
  },
  { id: 'at', header: 'Read', cell: ({ at }) => <Age asOf={at} /> },
];

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
