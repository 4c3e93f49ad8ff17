'use client';

import { Check, CircleDashed, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Spinner } from '@/components/ui/spinner';
import { CONNECT_STEPS, type ConnectTestResponse } from '@/lib/contract/connect';
import { formatElapsed } from '@/lib/text/format';

type Step = ConnectTestResponse['steps'][number];

const STEP_WORDS: Record<Step['step'], string> = {
  ssh: 'SSH host lets in',
  dns: 'Name resolves',
  tcp: 'Port answers',
  tls: 'TLS is trusted',
  login: 'Login is accepted',
  datacenter: 'Datacenter is there',
};

const COPY_IT = 'Copy the configuration below to keep it.';

type TestPanelProps = {
  testing: boolean;
  error: Error | null;
  result: ConnectTestResponse | undefined;
  /** The form has changed since. */
  stale: boolean;
  onRetry: () => void;
  /** What to do once it works. */
  advice?: string;
};

/** The steps of a connection: which one failed, why, and what to do. */
export function TestPanel({ testing, error, result, stale, onRetry, advice = COPY_IT }: TestPanelProps) {
  const steps = testing ? undefined : result?.steps;
  return (
    <Panel title="Test" note={stale && !testing ? 'of an earlier version of the form' : undefined}>
      {error !== null && !testing ? (
        <FailureState alone title="The test could not be run" error={error} onRetry={onRetry} />
      ) : (
        <div className="flex flex-col gap-3" aria-live="polite" aria-busy={testing}>
          <ol className="flex flex-col gap-2">
            {CONNECT_STEPS.filter((name) => name !== 'ssh' || steps?.[0]?.step === 'ssh').map((name) => (
              <StepLine key={name} name={name} step={steps?.find(({ step }) => step === name)} testing={testing} />
            ))}
          </ol>
          {result !== undefined && !testing && <Outcome result={result} advice={advice} />}
        </div>
      )}
    </Panel>
  );
}

function StepLine({ name, step, testing }: { name: Step['step']; step: Step | undefined; testing: boolean }) {
  return (
    <li className="flex gap-2">
      <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center">
        <StepMark status={step?.status} testing={testing} />
      </span>
      <div className="min-w-0 flex-1 break-words">
        <span className={step === undefined ? 'text-muted' : 'font-medium'}>{STEP_WORDS[name]}</span>
        {step !== undefined && step.status !== 'skipped' && (
          <span className="ml-2 text-faint text-xs">{formatElapsed(step.elapsedMs)}</span>
        )}
        {step !== undefined && (
          <p className={step.status === 'failed' ? 'text-danger' : 'text-muted'}>{step.message}</p>
        )}
        {step?.hint !== undefined && <p className="text-muted">{step.hint}</p>}
      </div>
    </li>
  );
}

function StepMark({ status, testing }: { status: Step['status'] | undefined; testing: boolean }): ReactNode {
  switch (status) {
    case undefined:
      return testing ? <Spinner size={14} /> : <CircleDashed size={14} aria-hidden="true" className="text-faint" />;
    case 'ok':
      return <Check size={16} aria-label="ok" className="text-ok" />;
    case 'failed':
      return <X size={16} aria-label="failed" className="text-danger" />;
    case 'skipped':
      return <Minus size={16} aria-label="skipped" className="text-faint" />;
    default:
      return status satisfies never;
  }
}

function Outcome({ result, advice }: { result: ConnectTestResponse; advice: string }) {
  const { ok, clusterName, release, datacenters } = result;
  if (!ok) return null;
  const facts = [
    clusterName ?? 'The cluster',
    release !== null && `Cassandra ${release}`,
    datacenters.length > 0 && `datacenters ${datacenters.join(', ')}`,
  ];
  return (
    <Notice title="It works">
      <p className="text-muted">
        {facts.filter(Boolean).join(' · ')}. {advice}
      </p>
    </Notice>
  );
}
