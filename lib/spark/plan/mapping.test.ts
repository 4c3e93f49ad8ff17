import { describe, expect, it } from 'vitest';
import type { MappedColumn } from '@/lib/contract/transforms';
import { TEXT } from './from-text';
import { type Fields, mappedColumns } from './mapping';
import { tableOf } from './test-tables';

const TARGET = tableOf(
  [
    'id int',
    'name text',
    'n bigint',
    'd date',
    'at timestamp',
    'tags set<int>',
    'u uuid',
    'x decimal',
    'l inet',
    'r double',
  ],
  1,
);
const SOURCE = tableOf(['id int', 'big bigint', 'small smallint', 'f float', 'at timestamp', 'name text'], 1);
const ID: MappedColumn = { to: 'id', from: { field: 'id' }, steps: [] };

const fromFiles: Fields = { typeOf: () => TEXT, udts: () => undefined };
const fromTable: Fields = {
  typeOf: (field: string) => SOURCE.columns.find(({ name }) => name === field)?.type,
  udts: () => undefined,
};

function one(column: Omit<MappedColumn, 'steps'> & Partial<MappedColumn>, fields = fromFiles) {
  const found = mappedColumns([ID, { steps: [], ...column }], TARGET, fields)[1];
  if (found === undefined) throw new Error('no column');
  return found;
}

describe('fields of files as columns', () => {
  it('are parsed by the type of the column, and a row that does not fit is at fault', () => {
    expect(one({ to: 'n', from: { field: 'count' } })).toEqual({
      name: 'n',
      value: 'try_cast(`count` AS BIGINT)',
      faults: [{ when: '`count` IS NOT NULL AND try_cast(`count` AS BIGINT) IS NULL', reason: 'n: not bigint' }],
    });
  });

  it('keep their text where the column is text, even as a name with a backtick', () => {
    expect(one({ to: 'name', from: { field: 'a`b' } })).toEqual({ name: 'name', value: '`a``b`', faults: [] });
  });

  it('cannot be a key that is missing', () => {
    const [id] = mappedColumns([ID], TARGET, fromFiles);
    expect(id?.faults.at(-1)).toEqual({ when: 'try_cast(`id` AS INT) IS NULL', reason: 'id: the key is missing' });
    const named = tableOf(['name text'], 1);
    const [name] = mappedColumns([{ to: 'name', from: { field: 'x' }, steps: [] }], named, fromFiles);
    expect(name?.faults.map(({ reason }) => reason)).toEqual(['name: the key is missing', 'name: the key is empty']);
  });

  it('go through their steps in order', () => {
    const steps: MappedColumn['steps'] = [{ do: 'trim' }, { do: 'null_if', text: "n'a" }];
    expect(one({ to: 'name', from: { field: 'x' }, steps }).value).toBe(
      "nullif(regexp_replace(`x`, '^[ \\\\t\\\\r\\\\n]+|[ \\\\t\\\\r\\\\n]+$', ''), 'n\\'a')",
    );
  });

  it('are split at exactly the text between elements', () => {
    const tags = one({ to: 'tags', from: { field: 'x' }, steps: [{ do: 'split', by: '|' }] });
    expect(tags.value).toContain("split(`x`, '\\\\|', -1)");
    expect(tags.faults[0]?.reason).toBe('tags: an element is not int');
  });

  it('are dates by the letters that Spark shares', () => {
    const dated = (format: string, zone?: string) =>
      one({
        to: 'at',
        from: { field: 'x' },
        steps: [{ do: 'date_format', format, ...(zone === undefined ? {} : { zone }) }],
      });
    expect(dated('dd.MM.yyyy HH:mm').value).toBe("try_to_timestamp(`x`, 'dd.MM.yyyy HH:mm')");
    expect(dated('yyyy-MM-dd', '+02:00').value).toBe("to_utc_timestamp(try_to_timestamp(`x`, 'yyyy-MM-dd'), '+02:00')");
    expect(() => dated('excel')).toThrow('excel');
  });

  it('are numbers by their marks', () => {
    const step = { do: 'number_format', decimal: ',', group: '.' } as const;
    const { value, faults } = one({ to: 'n', from: { field: 'x' }, steps: [step] });
    expect(value).toContain("rlike '^[+-]?(?:\\\\d+|\\\\d{1,3}(?:[.]\\\\d{3})+)(?:[,]\\\\d+)?(?:[eE][+-]?\\\\d+)?$'");
    expect(value).toContain("'[.]', ''), ',', '.'), NULL)");
    expect(faults[0]?.reason).toBe('n: not a number with ,');
  });

  it('never become decimals that were rounded', () => {
    expect(one({ to: 'x', from: { field: 'x' } }).value).toContain('[0-9]{1,20}(\\\\.[0-9]{1,18})?');
  });

  it('are refused where SQL has no exact way', () => {
    expect(() => one({ to: 'l', from: { field: 'x' } })).toThrow('inet');
    expect(() => one({ to: 'tags', from: { field: 'x' } })).toThrow('set<int>');
    expect(() => one({ to: 'name', from: { field: 'x' }, ttl: 'ttl(name)' })).toThrow('TTL');
    expect(() => one({ to: 'none', from: { field: 'x' } })).toThrow('none');
  });

  it('may be constants', () => {
    expect(one({ to: 'name', from: { constant: "'it''s'" } }).value).toBe("'it\\'s'");
    expect(one({ to: 'n', from: { constant: ' 7 ' } }).value).toBe("try_cast('7' AS BIGINT)");
    expect(() => one({ to: 'name', from: { constant: '{1}' } })).toThrow('constant');
  });
});

describe('columns of a table as columns of another', () => {
  it('widen by themselves', () => {
    expect(one({ to: 'n', from: { field: 'small' } }, fromTable).value).toBe('try_cast(`small` AS BIGINT)');
    expect(one({ to: 'r', from: { field: 'f' } }, fromTable).value).toBe('try_cast(`f` AS DOUBLE)');
  });

  it('are never narrowed in silence', () => {
    const narrow = { to: 'id', from: { field: 'big' } };
    const target = tableOf(['id int'], 1);
    expect(() => mappedColumns([{ ...narrow, steps: [] }], target, fromTable)).toThrow('writes 0');
    const [cast] = mappedColumns([{ ...narrow, steps: [{ do: 'cast', to: 'int' }] }], target, fromTable);
    expect(cast?.value).toBe('try_cast(`big` AS INT)');
    expect(cast?.faults[0]?.reason).toBe('id: not int');
  });

  it('lose no part of a time or a number', () => {
    expect(one({ to: 'd', from: { field: 'at' } }, fromTable).faults[0]?.reason).toBe('d: not a whole day');
    expect(() => one({ to: 'n', from: { field: 'f' }, steps: [{ do: 'cast', to: 'bigint' }] }, fromTable)).toThrow(
      'float',
    );
  });

  it('must exist, once, with the whole key', () => {
    expect(() => one({ to: 'n', from: { field: 'gone' } }, fromTable)).toThrow('gone');
    expect(() => mappedColumns([ID, ID], TARGET, fromTable)).toThrow('twice');
    expect(() => mappedColumns([{ ...ID, to: 'name' }], TARGET, fromTable)).toThrow(/key|Spark/);
  });
});
