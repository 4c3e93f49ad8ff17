import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, TrueOrFalse } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { Position } from '@/lib/browse/position';
import { tokenSchema } from '@/lib/contract/common';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { spelledOut } from '@/lib/text/unseen';
import { exampleOf, isChoice, parseTypedText } from '@/lib/wire/typed-text';
import { tokenOfKey } from './place-of-row';
import type { Jumps } from './use-jumps';

export type GoToKind = 'menu' | 'token' | 'key' | 'value';

interface GoToFormsProps {
  /** The form that has the focus. */
  kind: GoToKind;
  shape: TableShape;
  /** Inside a partition: the clustering column to go by. */
  column: string | null;
  here: Position | null;
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
        <KeyForm
          columns={[ordered]}
          focused={kind === 'value'}
          verb={`Go to ${spelledOut(ordered.name)}`}
          note="Reads from that value on, in the order shown; earlier rows come when you scroll up."
          onKey={([value]) => {
            if (value === undefined) return;
            onDone();
            jumps.value(value);
          }}
        />
      ) : (
        <>
          <TokenForm
            focused={kind === 'token'}
            onToken={(token) => {
              onDone();
              jumps.token(token);
            }}
          />
          <KeyForm
            columns={shape.partitionKey.flatMap((name) => shape.columns.filter((one) => one.name === name))}
            focused={kind === 'key'}
            verb="Go to key"
            note="Reads from the key’s token on. Where no such partition is, the next one on the ring comes first."
            onKey={(values) => {
              const token = tokenOfKey(values, shape);
              if (token === null) return;
              onDone();
              jumps.partition(String(token));
            }}
          />
        </>
      )}
    </div>
  );
}

function Here({ shareText, token, rowText }: Position) {
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
      <Field label="Token" hint="Rows behind this token" error={tried ? (problem ?? undefined) : undefined}>
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

interface KeyFormProps {
  columns: readonly ColumnShape[];
  focused: boolean;
  verb: string;
  note: string;
  onKey: (values: readonly JsonValue[]) => void;
}

/** Values of columns, each in the way of its type. */
function KeyForm({ columns, focused, verb, note, onKey }: KeyFormProps) {
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [tried, setTried] = useState(false);
  const typed = columns.map(({ name, type }) => parseTypedText(texts.get(name) ?? '', type));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const values = typed.flatMap((one) => ('value' in one ? [one.value] : []));
    if (values.length === columns.length) onKey(values);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      {columns.map(({ name, type }, index) => {
        const one = typed[index];
        const set = (text: string) => setTexts((now) => new Map(now).set(name, text));
        const label = (
          <>
            <span className="font-mono text-ink">
              <Shown text={name} as="name" />
            </span>{' '}
            <span className="font-mono">{formatCqlType(type)}</span>
          </>
        );
        return (
          <Field key={name} label={label} error={tried && one && 'problem' in one ? one.problem : undefined}>
            {(control) =>
              isChoice(type) ? (
                <TrueOrFalse {...control} value={texts.get(name) ?? ''} onChange={({ target }) => set(target.value)} />
              ) : (
                <Input
                  {...control}
                  mono
                  autoFocus={focused && index === 0}
                  placeholder={exampleOf(type)}
                  value={texts.get(name) ?? ''}
                  onChange={({ target }) => set(target.value)}
                />
              )
            }
          </Field>
        );
      })}
      <p className="text-faint text-xs">{note}</p>
      <Button type="submit" size="sm" className="self-end">
        {verb}
      </Button>
    </form>
  );
}
