import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { RingPosition } from '@/lib/browse/ring-position';
import { tokenSchema } from '@/lib/contract/common';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { spelledOut } from '@/lib/text/unseen';
import { typedValue } from '@/lib/wire/typed-value';
import { ValueField } from '../filters/value-field';
import type { Jumps } from './use-jumps';

export type GoToKind = 'menu' | 'token' | 'value';

interface GoToFormsProps {
  /** The form that has the focus. */
  kind: GoToKind;
  shape: TableShape;
  /** Inside a partition: the clustering column to go by. */
  column: string | null;
  here: RingPosition | null;
  jumps: Jumps;
  onDone: () => void;
}

export function GoToForms({ kind, shape, column, here, jumps, onDone }: GoToFormsProps) {
  const go = (jump: () => void) => () => {
    onDone();
    jump();
  };
  const ordered = shape.columns.find(({ name }) => name === column);
  return (
    <div className="flex flex-col gap-4">
      {here !== null && <Here {...here} />}
      <div className="flex gap-2">
        <Button size="sm" className="flex-1" onClick={go(jumps.first)} autoFocus={kind === 'menu'}>
          First rows
        </Button>
        <Button size="sm" className="flex-1" onClick={go(jumps.last)}>
          Last rows
        </Button>
      </div>
      {ordered !== undefined ? (
        <ValueForm
          column={ordered}
          focused={kind === 'value'}
          onValue={(value) => {
            onDone();
            jumps.value(value);
          }}
        />
      ) : (
        <TokenForm
          focused={kind === 'token'}
          onToken={(token) => {
            onDone();
            jumps.token(token);
          }}
        />
      )}
    </div>
  );
}

function Here({ shareText, token, rowText }: RingPosition) {
  return (
    <p className="text-muted text-xs">
      Now at <span className="text-ink">{shareText}</span> of the ring
      {rowText !== null && `, ${rowText}`}
      <span className="block break-all font-mono">about token {token}</span>
    </p>
  );
}

function TokenForm({ focused, onToken }: { focused: boolean; onToken: (token: string) => void }) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const problem = tokenProblem(text.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null) onToken(text.trim());
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label="Token" hint="The rows after this token" error={tried ? (problem ?? undefined) : undefined}>
        {(control) => (
          <Input
            {...control}
            mono
            autoFocus={focused}
            inputMode="numeric"
            placeholder="-4069959284402364209"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <Button type="submit" size="sm" className="self-end">
        Go to token
      </Button>
    </form>
  );
}

function tokenProblem(text: string): string | null {
  const isToken = tokenSchema.safeParse(text).success && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
  return isToken ? null : 'a token is a whole number from -9223372036854775808 to 9223372036854775807';
}

interface ValueFormProps {
  column: ColumnShape;
  focused: boolean;
  onValue: (value: JsonValue) => void;
}

/** A value of the column that orders a partition. */
function ValueForm({ column: { name, type }, focused, onValue }: ValueFormProps) {
  const [text, setText] = useState('');
  const [left, setLeft] = useState(false);
  const typed = typedValue(text, type);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if ('value' in typed) onValue(typed.value);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <ValueField
        label={`${spelledOut(name)} ${formatCqlType(type)}`}
        focused={focused}
        type={type}
        text={text}
        error={left && 'problem' in typed ? typed.problem : undefined}
        hint="Reads from this value on, in the order shown. Scroll up for the rows before it."
        onChange={setText}
        onLeave={() => text !== '' && setLeft(true)}
      />
      <Button type="submit" size="sm" className="self-end">
        Go to {spelledOut(name)}
      </Button>
    </form>
  );
}
