import { useId } from 'react';
import { Select } from '@/components/ui/input';
import { placedKeyspaces } from '@/lib/cluster/keyspaces';
import type { Keyspace } from '@/lib/contract/schema';

type KeyspaceChooserProps = {
  keyspaces: readonly Keyspace[];
  keyspace: string | undefined;
  onChoose: (keyspace: string) => void;
};

/** Chooses the keyspace whose ownership and replicas are shown. */
export function KeyspaceChooser({ keyspaces, keyspace, onChoose }: KeyspaceChooserProps) {
  const { own, system } = placedKeyspaces(keyspaces);
  const known = keyspace === undefined || [...own, ...system].includes(keyspace);
  const id = useId();
  return (
    <div className="flex min-w-0 items-center gap-2 text-muted text-sm">
      <label htmlFor={id}>Keyspace</label>
      <Select
        id={id}
        value={keyspace ?? ''}
        onChange={(event) => onChoose(event.target.value)}
        disabled={own.length + system.length === 0}
      >
        {keyspace === undefined && <option value="">none</option>}
        {!known && <option>{keyspace}</option>}
        {own.map((name) => (
          <option key={name}>{name}</option>
        ))}
        <optgroup label="System">
          {system.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </optgroup>
      </Select>
    </div>
  );
}
