import { DataTable } from '@/components/ui/data-table';
import { ErrorState } from '@/components/ui/error-state';
import { Progress } from '@/components/ui/progress';
import { errorText } from '@/lib/client/error-text';
import type { DryCounts } from '@/lib/contract/load';
import { formatBytes, formatCount, formatElapsed, plural } from '@/lib/text/format';
import { ProblemText } from './records-table';
import type { DryRun } from './use-dry-run';

/** Problems that are drawn; the rest is counted, and a load keeps all of them in a file. */
const SHOWN = 100;

/** How much of the file was read without writing, and what is wrong in it. */
export function DryRunView({ run, isCurrent }: { run: DryRun; isCurrent: boolean }) {
  const { counts, problems, standing, message, sha256, error } = run;
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
        <>
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
          {counts !== null && counts.bad > SHOWN && (
            <p className="text-muted text-xs">
              The first {formatCount(Math.min(SHOWN, problems.length))} of {formatCount(counts.bad)}.
            </p>
          )}
        </>
      )}
    </div>
  );
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
