import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '@/lib/contract/audit';
import { linesBackwards, matches, matchingEntries, searchAudit } from './search';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = (id: string, change: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  time: '2026-11-30T00:00:00.000Z',
  event: 'request',
  person: 'anna',
  outcome: 'done',
  ...change,
});

function written(name: string, lines: readonly (AuditEntry | string)[]): string {
  const path = join(folder, name);
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, texts.map((text) => `${text}\n`).join(''));
  return path;
}

const MUCH = { entries: 100, bytes: 1e9 };
const idsOf = (entries: readonly AuditEntry[]) => entries.map(({ id }) => id);

describe('the lines of an audit', () => {
  it('are read from the newest file and line, whatever their length and letters', async () => {
    const long = 'ü'.repeat(400_000);
    const now = written('now', ['c', '', 'd…']);
    const old = written('old', [long, 'b']);
    const texts: string[] = [];
    for await (const { text } of linesBackwards([now, join(folder, 'gone'), old])) texts.push(text);
    expect(texts).toEqual(['d…', 'c', 'b', long]);
  });

  it('are searched on from a place, also after their file was set aside', async () => {
    const entries = Array.from({ length: 250 }, (_, at) => entry(String(at), { statement: 'x'.repeat(at * 20) }));
    const paths = [written('now', entries.slice(100)), written('old', entries.slice(0, 100))];
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const { entries: found, next } = await searchAudit(paths, { before }, { entries: 40, bytes: 1e9 });
      seen.push(...idsOf(found));
      before = next ?? undefined;
      paths.splice(0, paths.length, written('new', ['later']), join(folder, 'now'), join(folder, 'old'));
    } while (before !== undefined);
    expect(seen).toEqual(idsOf(entries).reverse());
  });

  it('say where a search that found nothing goes on', async () => {
    const paths = [
      written('now', [entry('1'), ...Array.from({ length: 50 }, (_, at) => entry(`other ${at}`, { person: 'bo' }))]),
    ];
    const first = await searchAudit(paths, { person: 'anna' }, { entries: 10, bytes: 500 });
    expect(first.entries).toEqual([]);
    const rest = await searchAudit(paths, { person: 'anna', before: first.next ?? '' }, MUCH);
    expect([idsOf(rest.entries), rest.next]).toEqual([['1'], null]);
  });

  it('that were removed meanwhile are named', async () => {
    const paths = [written('now', [entry('1')])];
    await expect(searchAudit(paths, { before: '1.0' }, MUCH)).rejects.toMatchObject({
      error: { code: 'invalid_request' },
    });
  });

  it('that are damaged, or of another version, are passed over', async () => {
    const paths = [written('now', [entry('1'), '{"id":', '{"id":"x"}', '[]', entry('2')])];
    const found: AuditEntry[] = [];
    for await (const one of matchingEntries(paths, {})) found.push(one);
    expect(idsOf(found)).toEqual(['2', '1']);
  });

  it('are found by a text, whatever its case', async () => {
    const paths = [written('now', [entry('1', { statement: 'SELECT * FROM flights.airports' }), entry('2')])];
    expect(idsOf((await searchAudit(paths, { text: 'AIRPORTS' }, MUCH)).entries)).toEqual(['1']);
  });
});

describe('a line', () => {
  const line = entry('1', { personId: 'person-1', cluster: 'demo', tables: ['flights.airports'] });
  it.each([
    [{}, true],
    [{ person: 'anna' }, true],
    [{ person: 'person-1' }, true],
    [{ person: 'ann' }, false],
    [{ cluster: 'demo', outcome: 'done' }, true],
    [{ outcome: 'failed' }, false],
    [{ table: 'flights.airports' }, true],
    [{ table: 'flights' }, true],
    [{ table: 'flight' }, false],
    [{ table: 'flights.air' }, false],
    [{ since: '2026-11-30T00:00:00Z', until: '2026-11-30T00:00:00Z' }, true],
    [{ since: '2026-11-30T00:00:01Z' }, false],
    [{ until: '2026-11-29T23:59:59Z' }, false],
  ] as const)('matches %o: %s', (filter, isFound) => {
    expect(matches(line, filter)).toBe(isFound);
  });
});
