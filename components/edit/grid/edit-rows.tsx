import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useMemo } from 'react';
import type { RowEdits, ShownResult } from '@/components/results/editing';
import type { ResultPlace } from '@/components/results/place';
import { isPressed } from '@/components/ui/shortcuts';
import { toast } from '@/components/ui/toasts';
import { clustersQuery, schemaQuery } from '@/lib/client/queries';
import { type EditableRows, editableRows } from '@/lib/edit/editable';
import { EditedRows } from './edited-rows';
import { typedText } from './typed-text';
import { useStore } from './use-store';

export interface EditRowsProps {
  result: ShownResult;
  place: ResultPlace;
  /** That reads the rows; absent: the table is browsed. */
  statement?: string | undefined;
  /** Something was written: rows that are shown are to be read again. */
  onApplied: () => void;
}

/** Edits the rows of a result, or says why they cannot be edited. */
export default function EditRows({ result, place, statement, onApplied }: EditRowsProps) {
  const { cluster, keyspace, table: name } = place;
  const { data: clusters } = useQuery(clustersQuery());
  const { data: schema } = useQuery(schemaQuery(cluster));
  const { columns } = result;
  const found = useMemo(() => {
    const isReadOnly = clusters?.clusters.find((one) => one.name === cluster)?.readOnly;
    if (isReadOnly === undefined || schema === undefined) return undefined;
    return editableRows({ keyspace, name, columns, statement, isReadOnly, keyspaces: schema.keyspaces });
  }, [clusters, schema, cluster, keyspace, name, columns, statement]);
  if (found === undefined) return null;
  if ('refusal' in found) return <Refused result={result} refusal={found.refusal} />;
  const id =
    schema?.keyspaces.find((one) => one.name === keyspace)?.tables.find((one) => one.name === name)?.id ?? null;
  return <Opened result={result} cluster={cluster} rows={found} id={id} onApplied={onApplied} />;
}

interface OpenedProps extends Pick<EditRowsProps, 'result' | 'onApplied'> {
  cluster: string;
  rows: EditableRows;
  id: string | null;
}

function Opened({ cluster, rows, id, ...props }: OpenedProps) {
  const { keyspace, table } = rows.table;
  const place = useMemo(() => ({ cluster, keyspace, table }), [cluster, keyspace, table]);
  const store = useStore(place, rows.table, id);
  return store === undefined ? null : <EditedRows {...props} rows={rows} store={store} />;
}

/** Who wants to edit hears why not, where they are. */
function Refused({ result: { publish }, refusal }: { result: ShownResult; refusal: string }) {
  const edits = useMemo((): RowEdits => {
    return {
      rowOf: (values) => values,
      looks: undefined,
      overlay: undefined,
      tools: null,
      open: undefined,
      offers: () => [],
      editor: () => null,
      refusal: () => refusal,
      keys: (event) => {
        const isF2 = isPressed('editCell', event) && !isPressed('rowsInspect', event);
        if (!isF2 && typedText(event) === null) return false;
        toast({ id: 'edit', text: refusal });
        return true;
      },
    };
  }, [refusal]);
  useLayoutEffect(() => {
    publish(edits);
    return () => publish(undefined);
  }, [publish, edits]);
  return null;
}
