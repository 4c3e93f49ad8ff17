import { CopyButton } from '@/components/ui/copy-button';
import type { TableRepair } from '@/lib/contract/tables';
import { formatAge, plural } from '@/lib/text/format';

/**
 * When a table was last repaired, by the records of the cluster; and a range of it, where a token was asked for.
 * @param at now, ISO 8601, for ages
 */
export function LastRepair({ repair, token, at }: { repair: TableRepair; token?: string | undefined; at: string }) {
  const { last, here, looked, records, why, grant, askedAt, statement } = repair;
  const when = (time: string) =>
    `${time.slice(0, 16).replace('T', ' ')} UTC, ${formatAge(Date.parse(at) - Date.parse(time))}`;
  return (
    <div className="flex flex-col gap-1 text-sm">
      {token !== undefined && here !== null && <p>The last repair of this range ended {when(here.endedAt)}.</p>}
      {token !== undefined && here === null && last !== null && (
        <p>
          {looked === records
            ? `None of ${plural(records, 'recorded repair')} of the table covered this range.`
            : `None of the newest ${looked} of ${plural(records, 'recorded repair')} of the table covered this range.`}
        </p>
      )}
      {last !== null && last.id !== here?.id && (
        <p>The last repair of the table, of whatever ranges, ended {when(last.endedAt)}.</p>
      )}
      {last === null && <p>When it was last repaired is not known: {why}</p>}
      {grant !== null && (
        <p className="flex flex-wrap items-center gap-1">
          A superuser can permit it: <code className="font-mono text-xs">{grant}</code>
          <CopyButton text={grant} label={`Copy ${grant}`} />
        </p>
      )}
      {statement !== null && askedAt !== null && (
        <p className="break-words text-faint text-xs">
          {statement.replace(/^.* FROM /, '')}, read at ALL {formatAge(Date.parse(at) - Date.parse(askedAt))}
        </p>
      )}
    </div>
  );
}
