'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { testConnection } from '@/lib/client/connect';
import {
  configurationOf,
  EMPTY_FORM,
  type FieldErrors,
  requestOf,
  slugOf,
  withConnection,
} from '@/lib/cluster/connect';
import { ConfigurationPanel } from './configuration-panel';
import { ConnectForm } from './connect-form';
import { CqlshrcPanel } from './cqlshrc-panel';
import { TestPanel } from './test-panel';

/** Tests the connection to a cluster step by step, and writes the configuration that keeps it. */
export function ConnectPage() {
  const [form, setForm] = useState(EMPTY_FORM);
  const [errors, setErrors] = useState<FieldErrors>({});
  const test = useMutation({
    mutationFn: testConnection,
    onSuccess: ({ clusterName }) =>
      setForm((now) => (now.name === '' && clusterName !== null ? { ...now, name: slugOf(clusterName) } : now)),
  });
  const configuration = configurationOf(form);

  const onTest = () => {
    const asked = requestOf(form);
    setErrors('errors' in asked ? asked.errors : {});
    if ('request' in asked) test.mutate(asked.request);
  };
  const asked = requestOf(form);
  const stale =
    test.variables !== undefined &&
    (!('request' in asked) || JSON.stringify(asked.request) !== JSON.stringify(test.variables));

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)] min-[1900px]:grid-cols-[minmax(0,720px)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <CqlshrcPanel
          onRead={(connection) => {
            setForm((now) => withConnection(now, connection));
            setErrors({});
          }}
        />
        <ConnectForm
          form={form}
          errors={{ ...looksErrors(configuration.errors), ...errors }}
          datacenters={test.data?.datacenters ?? []}
          testing={test.isPending}
          onChange={(change) => {
            setForm((now) => ({ ...now, ...change }));
            setErrors((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in change))));
          }}
          onTest={onTest}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-4">
        <TestPanel testing={test.isPending} error={test.error} result={test.data} stale={stale} onRetry={onTest} />
        <ConfigurationPanel configuration={configuration} />
      </div>
    </div>
  );
}

/** Name and colour are checked while they are typed; addresses and port when the test starts. */
function looksErrors({ name, colour }: FieldErrors): FieldErrors {
  return { ...(name === undefined ? {} : { name }), ...(colour === undefined ? {} : { colour }) };
}
