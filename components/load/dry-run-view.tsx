import type { ReactNode } from 'react';
import { DataTable } from '@/components/ui/data-table';
import { ErrorState } from '@/components/ui/error-state';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import type { DryCounts, LoadDuplicate } from '@/lib/contract/load';
import { formatBytes, formatCount, formatElapsed, plural } from '@/lib/text/format';
import { ProblemText, ScrollBox } from './records-table';
import type { DryRun } from './use-dry-run';

/** Problems that are drawn; the rest is counted, and a load keeps all of them in a file. */
const SHOWN = 100;

/** How much of the file was read without writing, and what is wrong in it. */
export function DryRunView({ run, isCurrent }: { run: DryRun; isCurrent: boolean }) {
  const { counts, problems, duplicates, standing, message, sha256, error } = run;
  return (
    <div className="space-y-2">
      <p role="status" className="text-sm">
        {standing === 'running' && 'Reading the file, writing nothing… '}
        {standing === 'stopped' && 'You stopped reading. '}
        {standing === 'failed' && 'The file could not be read to its end. '}
        {counts !== null && countWords(counts)}
        {!isCurrent && ' Something was changed since: check again.'}
      </p>
      {standing === 'running' && <Progress label="Dry run" fraction={shareOf(counts)} />}
      {message !== null && <ErrorState message={message} />}
      {error !== null && <ErrorState title="The dry run failed" {...errorText(error)} />}
      {sha256 !== null && (
        <p className="break-all text-faint text-xs">
          SHA-256 of the input: <code>{sha256}</code>
        </p>
      )}
      {problems.length > 0 && (
        <Listed shown={Math.min(SHOWN, problems.length)} all={counts?.bad ?? 0}>
          <DataTable
            caption="What is wrong in the file"
            rows={problems.slice(0, SHOWN)}
            rowKey={({ number }) => String(number)}
            columns={[
              { id: 'line', header: 'Line', align: 'right', cell: ({ line, number }) => line ?? number },
              {
                id: 'character',
                header: 'Character',
                align: 'right',
                cell: ({ character }) => character ?? '–',
              },
              { id: 'problem', header: 'Problem', cell: (problem) => <ProblemText problem={problem} /> },
            ]}
          />
        </Listed>
      )}
      {duplicates.length > 0 && (
        <Listed shown={duplicates.length} all={counts?.duplicates ?? 0}>
          <DataTable
            caption="Keys that come twice"
            rows={duplicates}
            rowKey={({ later }) => placeText(later)}
            columns={[
              { id: 'later', header: 'Line', align: 'right', cell: ({ later }) => placeText(later) },
              { id: 'earlier', header: 'replaces line', align: 'right', cell: ({ earlier }) => placeText(earlier) },
              { id: 'key', header: 'Key', mono: true, cell: ({ key }) => <Shown text={key} as="line" /> },
            ]}
          />
        </Listed>
      )}
    </div>
  );
}

/** A long list of which the beginning is shown. */
function Listed({ shown, all, children }: { shown: number; all: number; children: ReactNode }) {
  return (
    <div>
      <div className="rounded border border-line">
        <ScrollBox>{children}</ScrollBox>
      </div>
      {all > shown && (
        <p className="text-muted text-xs">
          The first {formatCount(shown)} of {formatCount(all)}.
        </p>
      )}
    </div>
  );
}

function placeText({ file, at }: LoadDuplicate['later']): string {
  return file === null ? formatCount(at) : `${file}: ${formatCount(at)}`;
}

function shareOf(counts: DryCounts | null): number | null {
  return counts === null || counts.totalBytes === null || counts.totalBytes === 0
    ? null
    : counts.bytes / counts.totalBytes;
}

function countWords({ records, good, bad, duplicates, allKeysCompared, bytes, elapsedMs }: DryCounts): string {
  const repeated =
    duplicates === 0 && allKeysCompared
      ? ['no key twice']
      : [
          `${allKeysCompared ? '' : 'at least '}${plural(duplicates, 'row')} whose key came before: the later one remains`,
        ];
  const facts = [
    `${plural(records, 'record')} read`,
    `${formatCount(good)} can be written`,
    `${formatCount(bad)} cannot`,
    ...repeated,
    formatBytes(bytes),
    formatElapsed(elapsedMs),
  ];
  return `${facts.join(' · ')}.`;
}
