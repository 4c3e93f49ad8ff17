'use client';

import { Field } from '@/components/ui/field';
import { Checkbox, Input, Textarea } from '@/components/ui/input';
import type { FormPartProps } from '@/lib/cluster/connect';
import { VerifyChoice } from './verify-choice';

/** Encryption: off, or on with the server's certificate verified. PEM texts are pasted or read from a file. */
export function TlsFields({ form, onChange }: FormPartProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-4">
      <legend className="sr-only">TLS</legend>
      <Checkbox checked={form.tls} onChange={(event) => onChange({ tls: event.target.checked })}>
        Use TLS
      </Checkbox>
      {form.tls && (
        <>
          <PemField
            label="Certificate authority (PEM)"
            hint="Leave empty to use the authorities that Node trusts."
            value={form.caPem}
            onChange={(caPem) => onChange({ caPem })}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <PemField
              label="Client certificate (PEM)"
              hint="Only if the cluster requires one."
              value={form.certPem}
              onChange={(certPem) => onChange({ certPem })}
            />
            <PemField
              label="Client key (PEM)"
              hint="Used for the test only, never stored."
              value={form.keyPem}
              onChange={(keyPem) => onChange({ keyPem })}
            />
          </div>
          <Field label="Server name" hint="The name in the certificate, if it differs from the contact point’s.">
            {(control) => (
              <Input
                {...control}
                mono
                value={form.serverName}
                onChange={(event) => onChange({ serverName: event.target.value })}
              />
            )}
          </Field>
          <VerifyChoice checked={form.verify} onChange={(verify) => onChange({ verify })} />
        </>
      )}
    </fieldset>
  );
}

type PemFieldProps = { label: string; hint: string; value: string; onChange: (text: string) => void };

function PemField({ label, hint, value, onChange }: PemFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <>
          <Textarea
            {...control}
            mono
            rows={3}
            placeholder="-----BEGIN …-----"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <input
            type="file"
            accept=".pem,.crt,.cer,.key"
            aria-label={`${label} from a file`}
            className="mt-1 max-w-full text-faint text-xs"
            onChange={async (event) => {
              const text = await event.target.files?.[0]?.text();
              if (text !== undefined) onChange(text);
            }}
          />
        </>
      )}
    </Field>
  );
}
