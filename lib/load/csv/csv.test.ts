import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Options, readAll } from '../test-sources';

const rowsSchema = z.array(z.array(z.string()));

/** Field text of everything that CSV gives a meaning to. */
const field = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', '"', ',', ';', '\n', '\r', '\\', ' ', "'", '\0'),
  maxLength: 6,
});
const rows = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const names = (width: number) => Array.from({ length: width }, (_, at) => String(at));

describe('CSV', () => {
  it('has the fields that csv-parse reads, however it is cut into chunks', async () => {
    const end = fc.constantFrom('\n', '\r\n', '\r');
    const style = fc.record({ end, isEnded: fc.boolean(), chunkBytes: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.infiniteStream(fc.boolean()),
        style,
        async (table, bare, { end, isEnded, chunkBytes }) => {
          const needsQuotes = (text: string) => /["\r\n,]/.test(text) || text === '';
          const lines = table.map((row) =>
            row.map((text) => (!needsQuotes(text) && bare.next().value === true ? text : quoted(text))).join(','),
          );
          const text = lines.join(end) + (isEnded ? end : '');
          const options = { record_delimiter: end, relax_column_count: true } as const;
          expect(rowsSchema.parse(parse(text, options))).toEqual(table);
          const header = names(table[0]?.length ?? 0);
          const { records, bad, error } = await readAll(text, { format: 'csv', csv: { header } }, chunkBytes);
          expect({ bad, error }).toEqual({ bad: [], error: null });
          expect(records.map((record) => record.fields)).toEqual(table);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps any text record by record: bytes and numbers of lines add up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(field).map((parts) => parts.join(',')),
        async (text) => {
          const { items, error } = await readAll(text, { format: 'csv', csv: { header: ['a', 'b'] } }, 5);
          expect(error).toBeNull();
          const kept = items.map(({ bytes }) => Buffer.from(bytes ?? []).toString());
          expect(kept.join('').replace(/[\r\n]/g, '')).toBe(text.replace(/[\r\n]/g, ''));
          expect(items.map(({ number }) => number)).toEqual(items.map((_, at) => at + 1));
          for (const { line, bytes } of items) {
            const before = text.slice(0, text.indexOf(Buffer.from(bytes ?? []).toString()));
            expect(line).toBeGreaterThanOrEqual(before.split(/\r\n|\r|\n/).length);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each<[string, string, Options['csv'], (string | null)[]]>([
    ['an empty field is null, an empty one in quotes is text', ',""', {}, [null, '']],
    ['a text for null is null outside quotes only', '\\N,"\\N"', { nullText: '\\N' }, [null, '\\N']],
    ['an empty field is text where null has a text', 'NULL,', { nullText: 'NULL' }, [null, '']],
    ['a backslash escapes inside quotes and outside', '"a\\"b",c\\,d', { escape: '\\' }, ['a"b', 'c,d']],
    ['a doubled quote is one beside another escape', '"a""b",c', { escape: '\\' }, ['a"b', 'c']],
    ['no quotes', '"a",b"', { quote: null, escape: null }, ['"a"', 'b"']],
    ['other signs', "'a|b'|c", { delimiter: '|', quote: "'", escape: "'" }, ['a|b', 'c']],
    ['a quote inside a bare field is part of it', '5" disk,b', {}, ['5" disk', 'b']],
    ['marks of formulas are taken away', "'=1,it's", { formulaSafe: true }, ['=1', "it's"]],
  ])('%s', async (_, line, options, fields) => {
    const { records } = await readAll(line, { format: 'csv', csv: { header: ['a', 'b'], ...options } }, 1);
    expect(records.map((record) => record.fields)).toEqual([fields]);
  });

  it('is as long to read where one record fills many chunks', async () => {
    const text = `a,b\n1,"${'x\n'.repeat(500_000)}"\n2,y\n`;
    const { records } = await readAll(text, { format: 'csv' }, 1024);
    expect(records.map(({ number, line }) => [number, line])).toEqual([
      [1, 2],
      [2, 500_003],
    ]);
  });
});
