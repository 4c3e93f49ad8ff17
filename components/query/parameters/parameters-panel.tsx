'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { ListOrdered } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { errorText } from '@/lib/client/error-text';
import { prepareQuery } from '@/lib/client/prepare';
import { schemaQuery } from '@/lib/client/queries';
import { useDebounced } from '@/lib/client/use-debounced';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { ownValue } from '@/lib/contract/json';
import { udtLookup } from '@/lib/cql/schema-lookup';
import type { ParameterValues } from '@/lib/workbench/parameter-values';
import { type Parameter, type PreparedText, parametersOf } from '@/lib/workbench/parameters';
import type { RunOptions } from '../run/use-run-options';
import { linkWithValues } from '../saved/use-link';
import { statementsWithMarkers } from './bind-run';
import { type MissedParameter, ParameterField } from './parameter-field';

const EachDialog = dynamic(() => import('./each-dialog'), { ssr: false });

const TYPING_MS = 300;

interface ParametersPanelProps {
  cluster: string;
  summary: ClusterSummary | undefined;
  text: string;
  keyspace: string | null;
  options: RunOptions;
  values: ParameterValues;
  missed: MissedParameter | null;
  onChange: (values: ParameterValues) => void;
}

/** A field for each `?` and `:name` of the statement at the cursor, typed as the server says. */
export default function ParametersPanel(props: ParametersPanelProps) {
  const { cluster, keyspace, values, text } = props;
  const [listed, setListed] = useState<PreparedText | null>(null);
  const { statements, prepared, parameters, problem } = usePrepared(cluster, useDebounced(text, TYPING_MS), keyspace);
  const [only] = prepared;
  return (
    <>
      <ParameterFields {...props} parameters={parameters} problem={problem}>
        {only !== undefined && statements === 1 && (
          <Button
            size="sm"
            variant="ghost"
            icon={<ListOrdered size={14} aria-hidden="true" />}
            onClick={() => setListed(only)}
          >
            For each row of a list…
          </Button>
        )}
        <CopyButton
          text={() => linkWithValues(cluster, { statement: text, keyspace, values })}
          label="Copy a link with these values"
        >
          Link with values
        </CopyButton>
      </ParameterFields>
      {listed !== null && (
        <EachDialog {...props} statement={listed} parameters={parameters} onClose={() => setListed(null)} />
      )}
    </>
  );
}

interface ParameterFieldsProps extends Pick<ParametersPanelProps, 'values' | 'missed' | 'onChange'> {
  parameters: readonly Parameter[];
  /** Why there are no fields yet. */
  problem: string | null;
  children?: ReactNode;
}

/** The panel from its facts alone. */
export function ParameterFields({ parameters, problem, values, missed, onChange, children }: ParameterFieldsProps) {
  const isShown = parameters.some(({ key }) => key === missed?.key);
  return (
    <section
      aria-label="Parameters"
      className="thin-scrollbar max-h-[45%] min-h-16 overflow-auto border-line border-t bg-surface px-3 py-1.5"
    >
      <div className="flex flex-wrap items-center gap-x-1">
        <h2 className="font-medium text-muted text-xs max-sm:sr-only">Parameters</h2>
        <div className="-mr-2 ml-auto flex flex-wrap">{children}</div>
      </div>
      {problem !== null && <p className="text-muted text-xs">{problem}</p>}
      {missed !== null && !isShown && (
        <p role="alert" className="text-danger text-xs">
          {missed.problem}
        </p>
      )}
      {missed !== null && isShown && (
        <p role="alert" className="sr-only">
          It did not run: {missed.problem}
        </p>
      )}
      <div className="flex flex-wrap gap-x-3 gap-y-1.5">
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.key}
            parameter={parameter}
            value={ownValue(values, parameter.key)}
            missed={missed?.key === parameter.key ? missed : null}
            onChange={(value) => onChange({ [parameter.key]: value })}
          />
        ))}
      </div>
    </section>
  );
}

function usePrepared(cluster: string, text: string, keyspace: string | null) {
  const statements = useMemo(() => statementsWithMarkers(text, keyspace), [text, keyspace]);
  const { data: schema } = useQuery(schemaQuery(cluster));
  const queries = statements.map((statement) => prepareQuery(cluster, statement.text, statement.keyspace));
  const answers = useQueries({ queries });
  const prepared = statements.flatMap((statement, at): PreparedText[] => {
    const found = answers[at]?.data;
    return found === undefined ? [] : [{ text: statement.text, prepared: found }];
  });
  const parameters = schema === undefined ? [] : parametersOf(prepared, udtLookup(schema.keyspaces));
  const failed = answers.find(({ error }) => error !== null)?.error;
  const waits = prepared.length < statements.length && failed == null;
  const problem = failed != null ? errorText(failed).message : waits ? 'Asking the server for their types…' : null;
  return { statements: statements.length, prepared, parameters, problem };
}
