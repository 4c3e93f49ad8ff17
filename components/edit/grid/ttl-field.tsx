import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { ttlWords } from './ttl-words';

/** Twenty years, which is the most that Cassandra takes. */
const MOST_SECONDS = 630_720_000;

interface TtlFieldProps {
  label: string;
  /** What holds while nothing is typed. */
  unset: string;
  /** With each change; undefined: nothing is typed, null: it is no TTL. */
  onChange: (seconds: number | null | undefined) => void;
}

/** A TTL in seconds; 0 is for ever, whatever the table's default. */
export function TtlField({ label, unset, onChange }: TtlFieldProps) {
  const [text, setText] = useState('');
  const seconds = secondsOf(text);
  const error = seconds === null ? `whole seconds from 0 to ${MOST_SECONDS.toLocaleString('en-US')}` : undefined;
  return (
    <Field
      label={label}
      hint={seconds == null ? `empty: ${unset} · 0: never expires` : ttlWords(seconds)}
      error={error}
    >
      {(control) => (
        <Input
          {...control}
          mono
          inputMode="numeric"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            onChange(secondsOf(target.value));
          }}
        />
      )}
    </Field>
  );
}

function secondsOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^\d{1,9}$/.test(trimmed) && Number(trimmed) <= MOST_SECONDS ? Number(trimmed) : null;
}
