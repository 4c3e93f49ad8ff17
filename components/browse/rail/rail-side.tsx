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

/** The ring rail next to the rows of a table that are in token order; keeps the place of the view in the address. */
export default function RailSide({ reader, shape, address, onChange }: RailSideProps) {
  usePlace(reader, shape, address, onChange);
  const { reading, window, isArranged } = useResultState(reader);
  const jumps = useJumps(onChange);
  const isOnRing = reader.source.order?.by === 'token' && reading.page?.ringFraction != null;
  // Without rows there is nowhere to go, and rows sorted here are not in token order.
  if (!isOnRing || isArranged || window.marks.rowCount === 0) return null;
  return <Rail reader={reader} onToken={jumps.token} onEnd={(end) => jumps[end]()} />;
}
