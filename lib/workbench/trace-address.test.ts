import { describe, expect, it } from 'vitest';
import { readTraceAddress, writeTraceAddress } from './trace-address';

const ID = '4f5c0d30-8a5e-11ef-9b1a-0242ac120002';

describe('the trace in the address', () => {
  it('is a UUID in small letters, or what was given, or none', () => {
    expect(readTraceAddress(`?trace=${ID.toUpperCase()}`)).toEqual({ trace: ID });
    expect(readTraceAddress('?trace=17')).toEqual({ trace: '17' });
    expect(readTraceAddress('?statement=SELECT')).toEqual({ trace: null });
  });

  it('leaves the rest of the address alone', () => {
    const opened = writeTraceAddress('?keyspace=flights', { trace: ID });
    expect(readTraceAddress(opened)).toEqual({ trace: ID });
    expect(writeTraceAddress(opened, { trace: null })).toBe('keyspace=flights');
    expect(writeTraceAddress(opened, {})).toBe(opened);
  });
});
