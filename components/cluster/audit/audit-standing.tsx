import { Notice } from '@/components/ui/notice';
import type { AuditStanding } from '@/lib/contract/audit';
import { plural } from '@/lib/text/format';

/** Whether the audit is kept, and what is missing from it. */
export function AuditStandingNotice({ standing }: { standing: AuditStanding | null }) {
  if (standing === null) {
    return (
      <Notice title="Nothing is audited here">
        Add “audit”: {'{}'} to the configuration file and restart Ringside. Where people sign in, the audit is on unless
        the configuration turns it off.
      </Notice>
    );
  }
  const { file, failing, refusesWrites, lost } = standing;
  return (
    <>
      {file === null && (
        <Notice title="The audit goes to the server’s standard output">
          It cannot be searched here. With “to”: “both” it is kept in a file too.
        </Notice>
      )}
      {failing !== null && (
        <Notice tone="warn" title={`The audit has not been written since ${failing.since}`}>
          {failing.why} {refusesWrites ? 'Ringside refuses changes until it can be written.' : ''} What is to be written
          waits in memory.
        </Notice>
      )}
      {lost > 0 && (
        <Notice tone="warn" title={`${plural(lost, 'line')} could not be kept since Ringside started`}>
          Where lines are missing, a line says how many.
        </Notice>
      )}
    </>
  );
}
