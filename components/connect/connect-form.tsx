'use client';

import { PlugZap } from 'lucide-react';
import { type FormEvent, useId } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Checkbox, Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import type { FormPartProps } from '@/lib/cluster/connect';
import { TlsFields } from './tls-fields';

type ConnectFormProps = FormPartProps & {
  /** Datacenters found by the last test. */
  datacenters: readonly string[];
  testing: boolean;
  onTest: () => void;
};

/** Where the cluster is and how to log in. Nothing is stored in the browser. */
export function ConnectForm({ datacenters, testing, onTest, ...part }: ConnectFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onTest();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4" aria-label="Connection">
      <Panel title="Connection">
        <div className="flex flex-col gap-4">
          <WhereFields {...part} datacenters={datacenters} />
          <WhoFields {...part} />
          <TlsFields {...part} />
        </div>
      </Panel>
      <Panel title="In Ringside">
        <LooksFields {...part} />
      </Panel>
      <Button
        type="submit"
        variant="primary"
        className="sm:self-start"
        busy={testing}
        icon={<PlugZap size={16} aria-hidden="true" />}
      >
        {testing ? 'Testing…' : 'Test the connection'}
      </Button>
    </form>
  );
}

function WhereFields({ form, errors, onChange, datacenters }: FormPartProps & { datacenters: readonly string[] }) {
  const listId = useId();
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_112px]">
        <Field label="Contact points" hint="One or more nodes; Ringside finds the others." error={errors.contactPoints}>
          {(control) => (
            <Input
              {...control}
              mono
              required
              placeholder="10.0.0.1, 10.0.0.2"
              value={form.contactPoints}
              onChange={(event) => onChange({ contactPoints: event.target.value })}
            />
          )}
        </Field>
        <Field label="Port" error={errors.port}>
          {(control) => (
            <Input
              {...control}
              mono
              inputMode="numeric"
              value={form.port}
              onChange={(event) => onChange({ port: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="Local datacenter" hint="Leave empty to use the contact point’s datacenter.">
        {(control) => (
          <>
            <Input
              {...control}
              mono
              list={listId}
              value={form.localDatacenter}
              onChange={(event) => onChange({ localDatacenter: event.target.value })}
            />
            <datalist id={listId}>
              {datacenters.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
    </>
  );
}

function WhoFields({ form, errors, onChange }: FormPartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="User" error={errors.username}>
        {(control) => (
          <Input
            {...control}
            mono
            value={form.username}
            onChange={(event) => onChange({ username: event.target.value })}
          />
        )}
      </Field>
      <Field label="Password" hint="Used for the test only, never stored.">
        {(control) => (
          <Input
            {...control}
            mono
            type="password"
            value={form.password}
            onChange={(event) => onChange({ password: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function LooksFields({ form, errors, onChange }: FormPartProps) {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Name" hint="Part of URLs." error={errors.name}>
          {(control) => (
            <Input
              {...control}
              mono
              placeholder="my-cluster"
              value={form.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Label" hint="Shown on every page.">
          {(control) => (
            <Input
              {...control}
              placeholder="Production"
              value={form.label}
              onChange={(event) => onChange({ label: event.target.value })}
            />
          )}
        </Field>
        <Field label="Colour" hint="For example, red for production." error={errors.colour}>
          {(control) => (
            <Input
              {...control}
              mono
              placeholder="#c62828"
              value={form.colour}
              onChange={(event) => onChange({ colour: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Checkbox checked={form.writes} onChange={(event) => onChange({ writes: event.target.checked })}>
        Allow writes (without this, Ringside only reads)
      </Checkbox>
    </div>
  );
}
