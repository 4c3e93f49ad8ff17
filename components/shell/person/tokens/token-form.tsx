import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Checkbox, Input, Select } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { API_TOKEN_DAYS, type NewApiToken } from '@/lib/contract/api-tokens';
import { plural } from '@/lib/text/format';

interface TokenFormProps {
  longestDays: number;
  /** Those that the person sees. */
  clusters: readonly { readonly name: string; readonly label: string }[];
  busy: boolean;
  /** Why none was made; null: it was not tried, or it was made. */
  error: unknown;
  onMake: (wish: NewApiToken) => void;
}

/** What a new API token is called, when it ends, and what it may do. */
export function TokenForm({ longestDays, clusters, busy, error, onMake }: TokenFormProps) {
  const choices = daysFor(longestDays);
  const [name, setName] = useState('');
  const [days, setDays] = useState(choices.find((one) => one >= 30) ?? longestDays);
  const [readOnly, setReadOnly] = useState(true);
  const [only, setOnly] = useState<readonly string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMake({ name: name.trim(), days, readOnly, ...(only.length === 0 ? {} : { clusters: [...only] }) });
  };
  return (
    <form onSubmit={submit} aria-label="New API token" className="flex flex-col gap-3">
      <div className="grid gap-3 min-[641px]:grid-cols-[1fr_auto]">
        <Field label="Name" hint="Which program has it, such as “nightly export of CI”. The audit names it.">
          {(control) => (
            <Input
              {...control}
              required
              maxLength={60}
              autoComplete="off"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Field label="Ends after">
          {(control) => (
            <Select {...control} value={String(days)} onChange={({ target }) => setDays(Number(target.value))}>
              {choices.map((one) => (
                <option key={one} value={one}>
                  {plural(one, 'day')}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Checkbox checked={readOnly} onChange={({ target }) => setReadOnly(target.checked)}>
        Read-only: it may see, read and export what you may, and change nothing
      </Checkbox>
      {clusters.length > 1 && <ClusterChoice clusters={clusters} only={only} onOnly={setOnly} />}
      {error !== null && <ErrorState title="No token was made" {...errorText(error)} />}
      <Button type="submit" variant="primary" className="self-start" busy={busy} disabled={name.trim() === ''}>
        Make the token
      </Button>
    </form>
  );
}

interface ClusterChoiceProps extends Pick<TokenFormProps, 'clusters'> {
  only: readonly string[];
  onOnly: (only: readonly string[]) => void;
}

function ClusterChoice({ clusters, only, onOnly }: ClusterChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-muted text-xs">
        Only on these clusters (none chosen: all that you may use)
      </legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {clusters.map(({ name, label }) => (
          <Checkbox
            key={name}
            checked={only.includes(name)}
            onChange={({ target }) => onOnly(target.checked ? [...only, name] : only.filter((one) => one !== name))}
          >
            {label}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

/** Those that the configuration allows, and the longest that it allows. */
function daysFor(longestDays: number): number[] {
  const shorter = API_TOKEN_DAYS.filter((days) => days < longestDays);
  return [...shorter, longestDays];
}
