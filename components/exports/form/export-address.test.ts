import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagePath } from '@/lib/client/paths';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { EXPORT_FORMATS } from '@/lib/contract/export-formats';
import type { Filter } from '@/lib/contract/filters';
import { jsonText } from '@/lib/contract/json';
import { type ExportAddress, readExportAddress, writeExportAddress } from './export-address';
import { DEFAULT_OPTIONS, DESTINATIONS } from './export-request';
import { exportWords } from './export-words';
import { emptyExport, readableExport, unreadExportParts } from './unread-export';

const EMPTY: ExportAddress = {
  keyspace: null,
  table: null,
  filters: null,
  filtering: false,
  columns: null,
  statement: null,
  text: null,
  format: 'csv',
  options: null,
  consistency: null,
  to: 'download',
  arranged: false,
};
const FILTERS: Filter[] = [
  { column: 'origin', operator: '=', value: 'S & A + "ü"' },
  { column: 'delay', operator: '>', value: -0 },
];

const text = fc.option(fc.string({ unit: 'grapheme' }));
const filters = fc.array(
  fc.record({ column: fc.string({ minLength: 1 }), operator: fc.constant('=' as const), value: fc.string() }),
  { maxLength: 3 },
);
const options = fc.record({ compression: fc.constantFrom('none' as const, 'gzip' as const) });
const addresses: fc.Arbitrary<ExportAddress> = fc.record({
  keyspace: text,
  table: text,
  filters: fc.option(filters),
  filtering: fc.boolean(),
  columns: fc.option(fc.array(fc.string())),
  statement: text,
  text,
  format: fc.constantFrom(...EXPORT_FORMATS),
  options: fc.option(options.map((change) => ({ ...DEFAULT_OPTIONS, ...change }))),
  consistency: fc.option(fc.constantFrom(...CONSISTENCY_LEVELS)),
  to: fc.constantFrom(...DESTINATIONS),
  arranged: fc.boolean(),
});

describe('the address of an export', () => {
  it('brings back what was put into it, over whatever it held', () => {
    fc.assert(
      fc.property(addresses, addresses, (before, address) => {
        expect(readExportAddress(writeExportAddress(writeExportAddress('', before), address))).toEqual(address);
      }),
    );
  });

  it('is empty as the page opens', () => {
    const search = writeExportAddress('', {
      keyspace: 'k',
      filters: FILTERS,
      filtering: true,
      format: 'json',
      to: 'job',
    });
    expect(readExportAddress('')).toEqual(EMPTY);
    expect(writeExportAddress(search, EMPTY)).toBe('');
  });

  it('changes what was asked, and keeps the rest', () => {
    expect(writeExportAddress('keyspace=k&other=1', { table: 't' })).toBe('keyspace=k&other=1&table=t');
  });

  it('is what links give', () => {
    const place = {
      keyspace: 'k',
      table: 't',
      filters: FILTERS,
      filtering: true,
      columns: ['a,b', 'ß'],
      arranged: true,
    };
    const { search } = new URL(pagePath.exports('c', place), 'http://localhost');
    expect(readExportAddress(search)).toEqual({ ...EMPTY, ...place });
  });

  it.each([
    'filters=[{"column":"a"}]',
    'filters=[{"column":',
    'filtering=1',
    'columns="a"',
    'format=doc',
    'options={"compression":"rar"}',
    'options={"compression":',
    'consistency=MOST',
    'to=somewhere',
    'filters=[]&filters=[]',
    'table=t&statement=SELECT',
    'filters=[]&text=1',
    'statement=SELECT&text=1',
  ])('names what cannot be read of %s', (search) => {
    const given = `${search}&other=1`;
    expect(unreadExportParts(given)).toHaveLength(1);
    expect(unreadExportParts(readableExport(given))).toEqual([]);
    expect(emptyExport(given)).toBe('other=1');
  });

  it('reads everything that the page writes, unless a table and a statement are in it', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const search = writeExportAddress('', address);
        const both = address.statement !== null || address.text !== null;
        const names = unreadExportParts(search).map(({ name }) => name);
        expect(
          names.filter(
            (name) => !both || !['table', 'filters', 'filtering', 'columns', 'arranged', 'text'].includes(name),
          ),
        ).toEqual([]);
        expect(unreadExportParts(readableExport(search))).toEqual([]);
      }),
    );
  });

  it('keeps the filters that can be read beside one that cannot, and says what it keeps', () => {
    const search = `keyspace=k&table=t&format=json&to=nowhere&filters=${encodeURIComponent(jsonText([...FILTERS, 1]))}`;
    const kept = readExportAddress(readableExport(search));
    expect(kept).toEqual({ ...EMPTY, keyspace: 'k', table: 't', format: 'json', filters: FILTERS });
    expect(exportWords(kept)).toEqual(['k.t', 'origin = "S & A + \\"ü\\""', 'delay > 0', 'JSON']);
    expect(exportWords(EMPTY)).toEqual([]);
    expect(exportWords({ ...EMPTY, keyspace: 'k', statement: 'SELECT', to: 'job' })).toEqual([
      'the statement',
      'in k',
      'as a job on the server',
    ]);
  });
});
