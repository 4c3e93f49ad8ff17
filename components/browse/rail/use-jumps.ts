import { useMemo } from 'react';
import { AT_START, type BrowseChange } from '@/lib/browse/address';
import { tokenBefore } from '@/lib/browse/source';
import { type JsonValue, jsonText } from '@/lib/contract/json';

/** Places to go to, each a step that the browser can go back. */
export interface Jumps {
  readonly first: () => void;
  readonly last: () => void;
  /** To the rows behind a token. */
  readonly token: (token: string) => void;
  /** To the partition of a token. */
  readonly partition: (token: string) => void;
  /** Inside a partition: to the rows from a value on of the column that orders them. */
  readonly value: (value: JsonValue) => void;
}

export function useJumps(onChange: (change: BrowseChange) => void): Jumps {
  return useMemo(
    () => ({
      first: () => onChange(AT_START),
      last: () => onChange({ ...AT_START, last: true }),
      token: (from) => onChange({ ...AT_START, from }),
      partition: (token) => onChange({ ...AT_START, from: tokenBefore(token) }),
      value: (value) => onChange({ ...AT_START, at: jsonText(value) }),
    }),
    [onChange],
  );
}
