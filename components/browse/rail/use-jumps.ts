import { useMemo } from 'react';
import { AT_START, type BrowseChange } from '@/lib/browse/address';
import { type JsonValue, jsonText } from '@/lib/contract/json';

/** Places to go to; the browser's Back undoes each. */
export interface Jumps {
  readonly first: () => void;
  readonly last: () => void;
  /** To the rows after a token. */
  readonly token: (token: string) => void;
  /** Inside a partition: to the rows from this value of its ordering column on. */
  readonly value: (value: JsonValue) => void;
}

export function useJumps(onChange: (change: BrowseChange) => void): Jumps {
  return useMemo(
    () => ({
      first: () => onChange(AT_START),
      last: () => onChange({ ...AT_START, last: true }),
      token: (from) => onChange({ ...AT_START, from }),
      value: (value) => onChange({ ...AT_START, at: jsonText(value) }),
    }),
    [onChange],
  );
}
