import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { Field } from '@/components/ui/field';
import { Checkbox, Input } from '@/components/ui/input';
import { TEXT_WIDTH } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { schemaQuery } from '@/lib/client/queries';
import { FEATURE_WORDS, FEATURES, type Feature, ownRoleStatements } from '@/lib/roles/own-role';
import { hiddenPassword } from '@/lib/roles/statements';
import { type OnAct, review } from './acts';

/** Stands in the text to copy until a password is typed. */
const PLACEHOLDER = 'choose a password';

interface OwnRolePanelProps {
  cluster: string;
  /** False where nobody logs in: Cassandra takes no such statement then. */
  canRun: boolean;
  /** Null: whoever looks may change no roles. */
  onAct: OnAct | null;
}

/** A role for Ringside itself, with the rights that the chosen features need and no others. */
export function OwnRolePanel({ cluster, canRun, onAct }: OwnRolePanelProps) {
  const keyspaces = useQuery(schemaQuery(cluster)).data?.keyspaces ?? [];
  const own = keyspaces.flatMap(({ name, system, virtual }) => (system || virtual ? [] : [name]));
  const [name, setName] = useState('ringside');
  const [password, setPassword] = useState('');
  const [features, setFeatures] = useState<ReadonlySet<Feature>>(new Set<Feature>(['read', 'operate']));
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const wanted = own.filter((one) => chosen?.has(one) ?? true);
  const statements = ownRoleStatements({ name, password: password || PLACEHOLDER, features, keyspaces: wanted });
  return (
    <Panel title="A role for Ringside" note="with no more rights than the features need">
      <p className={`mb-3 text-muted text-sm ${TEXT_WIDTH}`}>
        Let Ringside log in as a role of its own, never as a superuser. The schema and the ring need no right. Rows of
        other keyspaces need one GRANT more for each.
      </p>
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="flex flex-col gap-3">
          <Field label="Name of the role">
            {(control) => <Input {...control} mono value={name} onChange={({ target }) => setName(target.value)} />}
          </Field>
          <Field label="Its password" hint="Hidden in the statements, and not kept in the history.">
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="new-password"
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            )}
          </Field>
          <Choices label="What it is for" names={FEATURES} chosen={features} onChoose={setFeatures}>
            {(feature) => (
              <>
                {FEATURE_WORDS[feature].label}
                <span className="block text-faint text-xs">{FEATURE_WORDS[feature].why}</span>
              </>
            )}
          </Choices>
          {own.length > 0 && (
            <Choices label="Its keyspaces" names={own} chosen={new Set(wanted)} onChoose={setChosen}>
              {(keyspace) => <Shown text={keyspace} as="name" />}
            </Choices>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <CommandBlock
            title="Statements for a superuser"
            copy={password === '' ? 'Copy the statements' : 'Copy the statements without the password'}
          >
            {statements.map((statement) => `${hiddenOr(statement, password)};`).join('\n')}
          </CommandBlock>
          {canRun && onAct !== null && (
            <Button
              className="self-start"
              disabled={name === '' || password === ''}
              onClick={() => onAct(review(statements))}
            >
              Review and run…
            </Button>
          )}
          {canRun && onAct !== null && password === '' && (
            <p className="text-faint text-xs">To run them here, type a password first.</p>
          )}
        </div>
      </div>
    </Panel>
  );
}

/** A password that was typed is hidden; the placeholder is there to be replaced. */
function hiddenOr(statement: string, password: string): string {
  return password === '' ? statement : hiddenPassword(statement);
}

interface ChoicesProps<Name extends string> {
  label: string;
  names: readonly Name[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<Name>) => void;
  children: (name: Name) => ReactNode;
}

function Choices<Name extends string>({ label, names, chosen, onChoose, children }: ChoicesProps<Name>) {
  const toggle = (name: Name) =>
    onChoose(new Set(names.filter((one) => (one === name ? !chosen.has(one) : chosen.has(one)))));
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      <div className="thin-scrollbar flex max-h-64 flex-col gap-1 overflow-y-auto">
        {names.map((name) => (
          <Checkbox key={name} checked={chosen.has(name)} onChange={() => toggle(name)}>
            {children(name)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
