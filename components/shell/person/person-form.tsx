import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { AskedPerson } from '@/lib/client/rights';
import { typedGroups } from '@/lib/cluster/rights-words';
import type { SignInWay } from '@/lib/contract/sign-in';

const WAY_WORDS: Readonly<Record<SignInWay, string>> = {
  local: 'Password kept by Ringside',
  oidc: 'Identity provider',
  header: 'Proxy',
  cassandra: 'Cassandra role',
};
const WAYS = ['local', 'oidc', 'header', 'cassandra'] as const;

/** Whom to ask about. Nobody needs to exist: rights depend on name, way and groups alone. */
export function PersonForm({ onAsk }: { onAsk: (person: AskedPerson) => void }) {
  const [name, setName] = useState('');
  const [way, setWay] = useState<SignInWay>('local');
  const [groups, setGroups] = useState('');
  const typed = typedGroups(groups);
  const ask = () => onAsk({ name: name.trim(), way, ...(typed === undefined ? {} : { groups: typed }) });
  return (
    <form
      aria-label="Somebody else"
      className="grid items-end gap-3 min-[641px]:grid-cols-[1fr_1fr_1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') ask();
      }}
    >
      <Field label="Name">
        {(control) => <Input {...control} value={name} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <Field label="Signs in with">
        {(control) => (
          <Select
            {...control}
            value={way}
            onChange={({ target }) => setWay(WAYS.find((one) => one === target.value) ?? 'local')}
          >
            {WAYS.map((one) => (
              <option key={one} value={one}>
                {WAY_WORDS[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={way === 'local' ? 'Groups (empty: those of the user)' : 'Groups'}>
        {(control) => (
          <Input
            {...control}
            placeholder="dba, shop-team"
            value={groups}
            onChange={({ target }) => setGroups(target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={name.trim() === ''}>
        Show
      </Button>
    </form>
  );
}
