import { useState } from 'react';
import { Age } from '@/components/shell/age';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Checkbox } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import type { NodeViews, SettingRow } from '@/lib/contract/health';
import { formatCount, plural } from '@/lib/text/format';

/** A table with more columns than these cannot be read: then nodes with the same value share a line. */
const MOST_NODES = 8;

/** The settings in which nodes differ. Those that differ by nature, such as addresses, are shown on request. */
export function SettingsPanel({ views: { settings } }: { views: NodeViews }) {
  const [withOwn, setWithOwn] = useState(false);
  const own = settings.rows.filter(({ kind }) => kind === 'own').length;
  const rows = settings.rows.filter(({ kind }) => withOwn || kind !== 'own');
  const nodes = plural(settings.nodes.length, 'node');
  return (
    <Panel
      title="Settings side by side"
      flush
      note={`${formatCount(settings.compared)} settings of ${nodes}, from system_views.settings; only what differs`}
      actions={
        own > 0 && (
          <Checkbox checked={withOwn} onChange={(event) => setWithOwn(event.target.checked)}>
            Show {plural(own, 'setting')} that each node has its own of
          </Checkbox>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="p-4 text-muted text-sm">
          {settings.nodes.length < 2
            ? 'The settings of fewer than two nodes could be read, so there is nothing to compare.'
            : `No setting differs between these ${nodes}, apart from addresses, directories and tokens.`}
        </p>
      ) : (
        <DataTable
          caption="Settings that differ"
          columns={columnsOf(settings)}
          rows={rows}
          rowKey={({ name }) => name}
        />
      )}
    </Panel>
  );
}

function columnsOf(settings: NodeViews['settings']): DataColumn<SettingRow>[] {
  const name: DataColumn<SettingRow> = {
    id: 'name',
    header: 'Setting',
    rowHeader: true,
    mono: true,
    className: 'whitespace-normal! break-all',
    cell: (row) => row.name,
  };
  const kind: DataColumn<SettingRow> = {
    id: 'kind',
    header: 'Must agree',
    cell: (row) => row.kind === 'must_agree' && <Badge tone="warn">must agree</Badge>,
  };
  if (settings.nodes.length > MOST_NODES) return [name, kind, groupedColumn(settings)];
  const columns = settings.nodes.map(
    ({ node, askedAt }, index): DataColumn<SettingRow> => ({
      id: node,
      header: (
        <>
          <span className="font-mono">{node}</span>
          <span className="block font-normal">
            <Age asOf={askedAt} />
          </span>
        </>
      ),
      mono: true,
      className: 'max-w-96 whitespace-normal! break-all',
      cell: ({ values }) => <Value value={values[index] ?? null} />,
    }),
  );
  return [name, kind, ...columns];
}

function groupedColumn({ nodes }: NodeViews['settings']): DataColumn<SettingRow> {
  return {
    id: 'values',
    header: 'Values',
    mono: true,
    className: 'whitespace-normal! break-all',
    cell: ({ values }) => (
      <ul>
        {[...new Set(values)].map((value) => {
          const having = nodes.filter((_, index) => values[index] === value);
          const names = having.length > 3 ? plural(having.length, 'node') : having.map(({ node }) => node).join(', ');
          return (
            <li key={value ?? 'not set'}>
              <Value value={value} /> <span className="text-faint">on {names}</span>
            </li>
          );
        })}
      </ul>
    ),
  };
}

function Value({ value }: { value: string | null }) {
  return value === null ? <span className="text-faint">not set</span> : value;
}
