import { Info } from 'lucide-react';
import { lazy } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import { Shown } from '@/components/ui/shown';
import { compactionText, ttlText } from '@/lib/browse/table-properties-text';
import type { TablePlace } from '@/lib/client/place';
import type { Keyspace, Table, TableSize } from '@/lib/contract/schema';
import { formatBytes } from '@/lib/text/format';
import { useTableAbout } from './use-table-about';

const loadPanel = () => import('./about-panel');
const AboutPanel = lazy(() => loadPanel().then((panel) => ({ default: panel.AboutPanel })));

interface AboutLineProps {
  place: TablePlace;
  keyspace: Keyspace;
  table: Table;
}

/** What the table is, in the rest of the head's line: size, TTL, compaction, comment; the details on a press. */
export default function AboutLine(props: AboutLineProps) {
  const { place, table } = props;
  const { properties, size, unreliable } = useTableAbout(place);
  const facts = [
    sizeText(size, unreliable),
    properties && ttlText(properties),
    properties && compactionText(properties),
    table.comment,
  ].filter((fact) => fact !== null && fact !== undefined);
  const trigger = (
    <IconButton
      label="About this table"
      size="sm"
      onPointerEnter={() => void loadPanel()}
      onFocus={() => void loadPanel()}
    >
      <Info size={14} aria-hidden="true" />
    </IconButton>
  );
  return (
    <>
      <Popover label="About this table" trigger={trigger} className="w-[min(30rem,92vw)]">
        <Later fallback={<div className="h-60" />}>
          <AboutPanel {...props} />
        </Later>
      </Popover>
      {/* A fact that does not fit wraps into a hidden second line: the panel has them all. */}
      <span className="flex h-4 min-w-0 flex-wrap gap-x-3 overflow-hidden max-lg:hidden">
        {facts.filter(Boolean).map((fact) => (
          <span key={fact} className="max-w-full shrink-0 truncate">
            <Shown text={fact} as="line" />
          </span>
        ))}
      </span>
    </>
  );
}

/** An estimate that does not fit the disk gives way to the disk; one of 0 may be older than the rows. */
function sizeText(size: TableSize | undefined, unreliable: string | undefined): string | null {
  if (size === undefined || size.bytes === 0) return null;
  if (unreliable === undefined) return `~${formatBytes(size.bytes)} (estimate)`;
  return size.diskMebibytes === null ? null : `≤ ${formatBytes(size.diskMebibytes * 2 ** 20)} on disk`;
}
