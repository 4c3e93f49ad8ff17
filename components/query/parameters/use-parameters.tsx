import { useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import { type BoundValues, hasMarkers, type ParameterValues } from '@/lib/workbench/parameter-values';
import type { RunOptions } from '../run/use-run-options';
import type { MissedParameter } from './parameter-field';

const ParametersPanel = dynamic(() => import('./parameters-panel'), { ssr: false });

const NONE: ParameterValues = {};

interface ParametersOptions {
  readonly cluster: string;
  readonly summary: ClusterSummary | undefined;
  readonly active: QueryDocument;
  /** What Run would run. */
  readonly text: string;
  readonly options: RunOptions;
  readonly dispatch: (action: DocumentAction) => void;
}

interface ParametersState {
  readonly panel: ReactNode;
  /** Calls `run` with the values for a text's bind markers, once they all have one. Otherwise the panel says what is missing. */
  readonly withValues: (text: string, run: (bound?: ReadonlyMap<string, BoundValues>) => void) => void;
}

/** The parameters of the statement at the cursor: their panel, and their values for a run. */
export function useParameters({ cluster, active, text, dispatch, ...rest }: ParametersOptions): ParametersState {
  const { id, keyspace, parameters: values = NONE } = active;
  const client = useQueryClient();
  const [missed, setMissed] = useState<MissedParameter | null>(null);
  const binding = useRef(false);
  const shown = useMemo(() => hasMarkers(text), [text]);
  const withValues = useCallback<ParametersState['withValues']>(
    (ran, run) => {
      if (!hasMarkers(ran)) return run();
      if (binding.current) return;
      binding.current = true;
      import('./bind-run')
        .then((later) => later.missedOf(client, { cluster, text: ran, keyspace, values }, run))
        .then(setMissed)
        .catch(() => setMissed({ key: '', problem: 'Part of this page could not be loaded. Try again.' }))
        .finally(() => {
          binding.current = false;
        });
    },
    [client, cluster, keyspace, values],
  );
  const panel = shown && (
    <ParametersPanel
      {...rest}
      key={id}
      cluster={cluster}
      text={text}
      keyspace={keyspace}
      values={values}
      missed={missed}
      onChange={(next) => dispatch({ type: 'parameters', id, parameters: { ...values, ...next } })}
    />
  );
  return { panel, withValues };
}
