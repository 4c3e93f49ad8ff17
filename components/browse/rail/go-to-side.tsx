import { useResultState } from '@/components/results/use-result';
import type { BrowseChange } from '@/lib/browse/address';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { ResultReader } from '@/lib/reader/result-reader';
import { GoTo } from './go-to';
import { useJumps } from './use-jumps';

interface GoToSideProps {
  reader: ResultReader;
  shape: TableShape;
  onChange: (change: BrowseChange) => void;
}

/** The Go to menu, where rows have places to go to. */
export default function GoToSide({ reader, shape, onChange }: GoToSideProps) {
  const jumps = useJumps(onChange);
  const { reading } = useResultState(reader);
  const { order } = reader.source;
  const hasPlaces = order?.by === 'value' || (order?.by === 'token' && reading.page?.ringFraction != null);
  return hasPlaces ? <GoTo reader={reader} shape={shape} jumps={jumps} /> : null;
}
