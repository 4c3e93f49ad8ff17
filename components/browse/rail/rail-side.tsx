import { useResultState } from '@/components/results/use-result';
import type { BrowseAddress, BrowseChange } from '@/lib/browse/address';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { ResultReader } from '@/lib/reader/result-reader';
import { Rail } from './rail';
import { useJumps } from './use-jumps';
import { usePlace } from './use-place';

interface RailSideProps {
  reader: ResultReader;
  shape: TableShape;
  address: BrowseAddress;
  onChange: (change: BrowseChange, replaces?: boolean) => void;
}

/** The ring rail beside the rows of a table, where they lie in token order; and the place of the view in the address. */
export default function RailSide({ reader, shape, address, onChange }: RailSideProps) {
  usePlace(reader, shape, address, onChange);
  const { reading, window, isArranged } = useResultState(reader);
  const jumps = useJumps(onChange);
  const isOnRing = reader.source.order?.by === 'token' && reading.page?.ringFraction != null;
  // A table without rows, or all of it seen at a glance: there is nowhere to go. Rows that are sorted here lie elsewhere.
  if (!isOnRing || isArranged || window.marks.rowCount === 0) return null;
  return <Rail reader={reader} onToken={jumps.token} onEnd={(end) => jumps[end]()} />;
}
