import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import type { Step } from '@/lib/contract/transforms';
import { parseCqlType } from '@/lib/cql/type-text';
import { ValueError } from '@/lib/wire/errors';
import { compileSteps } from './steps';

function stepped(value: JsonValue, type: string, ...steps: Step[]): JsonValue | undefined {
  return compileSteps(steps, parseCqlType(type))?.(value);
}

const date = (format: string, zone?: string): Step => ({
  do: 'date_format',
  format,
  ...(zone === undefined ? {} : { zone }),
});

describe('steps', () => {
  it('run in order, and null passes through', () => {
    expect(stepped(' - ', 'text', { do: 'trim' }, { do: 'null_if', text: '-' }, { do: 'cast', to: 'int' })).toBeNull();
    expect(compileSteps([], parseCqlType('int'))).toBeNull();
  });

  it.each<[string, JsonValue, string, Step, JsonValue]>([
    ['trim', ' a\t\n', 'text', { do: 'trim' }, 'a'],
    ['null_if leaves other texts', 'NULL ', 'text', { do: 'null_if', text: 'NULL' }, 'NULL '],
    ['split', 'a; b;', 'list<text>', { do: 'split', by: ';' }, ['a', 'b', '']],
    ['split of nothing', '', 'set<text>', { do: 'split', by: ';' }, []],
    ['cast to int', '1.0', 'int', { do: 'cast', to: 'int' }, '1'],
    ['cast of a power', '1e3', 'bigint', { do: 'cast', to: 'bigint' }, '1000'],
    ['cast leaves what is no number', 'x', 'int', { do: 'cast', to: 'int' }, 'x'],
    ['number_format', '1.234,5', 'double', { do: 'number_format', decimal: ',', group: '.' }, '1234.5'],
    ['number_format leaves what is no text', true, 'int', { do: 'number_format', decimal: ',' }, true],
    ['cast to boolean', 'Yes', 'boolean', { do: 'cast', to: 'boolean' }, true],
    ['cast to text', ['a', '1'], 'text', { do: 'cast', to: 'text' }, '["a","1"]'],
    ['cast of a timestamp to a date', '2024-02-29T23:30:00-01:00', 'date', { do: 'cast', to: 'date' }, '2024-03-01'],
    [
      'cast of a date to a timestamp',
      '2024-02-29',
      'timestamp',
      { do: 'cast', to: 'timestamp' },
      '2024-02-29T00:00:00.000Z',
    ],
  ])('%s', (_, value, type, step, expected) => {
    expect(stepped(value, type, step)).toEqual(expected);
  });

  it.each<[string, string, Step, string]>([
    ['31.12.2023', 'date', date('dd.MM.yyyy'), '2023-12-31'],
    ['1/2/2024 1:05 pm', 'timestamp', date('M/d/yyyy h:mm a', 'UTC'), '2024-01-02T13:05:00.000Z'],
    ['12:00 AM', 'time', date('hh:mm a'), '00:00:00.000000000'],
    ['2024-02-29 13:45:01.123', 'timestamp', date('yyyy-MM-dd HH:mm:ss.SSS', '+02:00'), '2024-02-29T11:45:01.123Z'],
    ['2024-02-29T13:45+0130', 'timestamp', date("yyyy-MM-dd'T'HH:mmXXX"), '2024-02-29T12:15:00.000Z'],
    ['05 Mar 2024', 'date', date('dd MMM yyyy'), '2024-03-05'],
    ['2024-07-01 12:00', 'timestamp', date('yyyy-MM-dd HH:mm', 'Europe/Zurich'), '2024-07-01T10:00:00.000Z'],
    ['2024-01-01 12:00', 'timestamp', date('yyyy-MM-dd HH:mm', 'Europe/Zurich'), '2024-01-01T11:00:00.000Z'],
    ['2024-10-27 02:30', 'timestamp', date('yyyy-MM-dd HH:mm', 'Europe/Zurich'), '2024-10-27T00:30:00.000Z'],
    ['2024-03-10 01:59', 'timestamp', date('yyyy-MM-dd HH:mm', 'America/New_York'), '2024-03-10T06:59:00.000Z'],
    ['45292', 'date', date('excel'), '2024-01-01'],
    ['45292.5', 'timestamp', date('excel', 'UTC'), '2024-01-01T12:00:00.000Z'],
    ['1700000000.123', 'timestamp', date('unix'), '2023-11-14T22:13:20.123Z'],
    ['-1', 'timestamp', date('unix_ms'), '1969-12-31T23:59:59.999Z'],
  ])('date_format reads %j as %s', (text, type, step, expected) => {
    expect(stepped(text, type, step)).toBe(expected);
  });

  it.each<[string, string, Step, RegExp]>([
    ['30.02.2024', 'date', date('dd.MM.yyyy'), /there is no day/],
    ['1.2.2024', 'date', date('dd.MM.yyyy'), /expected a date as dd\.MM\.yyyy; got "1\.2\.2024"/],
    ['13:00 PM', 'time', date('hh:mm a'), /there is no hour 13 PM/],
    ['2024-03-31 02:30', 'timestamp', date('yyyy-MM-dd HH:mm', 'Europe/Zurich'), /clocks are put forward over it/],
    ['59', 'date', date('excel'), /from 61 on/],
    ['1.5', 'int', { do: 'cast', to: 'int' }, /has a fraction/],
    ['1e9999', 'varint', { do: 'cast', to: 'varint' }, /is no varint/],
  ])('%j as %s is refused', (text, type, step, message) => {
    expect(() => stepped(text, type, step)).toThrow(ValueError);
    expect(() => stepped(text, type, step)).toThrow(message);
  });

  it.each<[string, Step, RegExp]>([
    ['text', { do: 'split', by: ',' }, /lists and sets only/],
    ['text', date('yyyy-MM-dd'), /date, time and timestamp only/],
    ['timestamp', date('yyyy-MM-dd HH:mm'), /no zone, so one must be stated/],
    ['timestamp', date('yyyy-MM-dd', 'Mars/Olympus'), /there is no zone "Mars\/Olympus"/],
    ['date', date('MM/dd'), /lacks a year, month or day/],
    ['date', date('yyyy-QQ-dd'), /cannot have QQ/],
    ['date', date('yyyy-MM-dd dd'), /has dd twice/],
    ['timestamp', date('excel'), /needs a zone/],
    ['int', { do: 'cast', to: 'list<int>' }, /native types/],
    ['text', { do: 'number_format', decimal: ',' }, /numbers only/],
    ['int', { do: 'number_format', decimal: ',', group: ',' }, /two different marks/],
  ])('for %s, %j makes no sense before any row is read', (type, step, message) => {
    expect(() => compileSteps([step], parseCqlType(type))).toThrow(message);
  });
});
