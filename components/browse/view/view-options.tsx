import { Field } from '@/components/ui/field';
import { Checkbox, Select } from '@/components/ui/input';
import type { BrowseAddress, BrowseChange } from '@/lib/browse/address';
import type { ViewPlan } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { formatCount } from '@/lib/text/format';
import { SavedViews } from './saved/saved-views-list';
import { ViewColumns } from './view-columns';

const PAGE_ROWS = [100, 500, 1_000, 5_000] as const;

interface ViewOptionsProps {
  place: TablePlace;
  shape: TableShape;
  built: ViewPlan | undefined;
  address: BrowseAddress;
  onChange: (change: BrowseChange) => void;
}

/** Choices: saved views, order, rows per page, columns. */
export function ViewOptions({ place, shape, built, address, onChange }: ViewOptionsProps) {
  return (
    <div className="flex flex-col gap-4">
      <SavedViews place={place} address={address} />
      <Order shape={shape} built={built} reversed={address.reversed} onChange={onChange} />
      <Field label="Rows per page">
        {(control) => (
          <Select
            {...control}
            value={address.pageRows ?? ''}
            onChange={({ target }) => onChange({ pageRows: target.value === '' ? null : Number(target.value) })}
          >
            <option value="">the cluster’s setting</option>
            {PAGE_ROWS.map((rows) => (
              <option key={rows} value={rows}>
                {formatCount(rows)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <ViewColumns place={place} shape={shape} read={address.columns} onChange={onChange} />
    </div>
  );
}

interface OrderProps {
  shape: TableShape;
  built: ViewPlan | undefined;
  reversed: boolean;
  onChange: (change: BrowseChange) => void;
}

/** Why rows come in this order, and the one part of it that can be reversed. */
function Order({ shape, built, reversed, onChange }: OrderProps) {
  const inOnePartition = built?.cost.scope === 'one_partition';
  const reversible = inOnePartition && shape.clusteringKey.length > 0;
  return (
    <section>
      <h3 className="mb-1 font-medium text-muted text-xs">Order</h3>
      {reversible || reversed ? (
        <Checkbox checked={reversed} onChange={({ target }) => onChange({ reversed: target.checked })}>
          Clustering order reversed
        </Checkbox>
      ) : (
        <p className="text-muted text-xs">
          Partitions come in the order of their tokens, a hash of {shape.partitionKey.join(', ')}. That order cannot be
          reversed.
          {shape.clusteringKey.length > 0 &&
            ` Inside a partition, rows are ordered by ${shape.clusteringKey.join(', ')}: open one partition to reverse that.`}
        </p>
      )}
    </section>
  );
}
