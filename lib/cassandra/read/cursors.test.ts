import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { Failure } from '../../failure';
import {
  type CursorPosition,
  type CursorScope,
  checkCursorColumns,
  columnsHash,
  decodeCursor,
  encodeCursor,
} from './cursors';
import type { PageColumn } from './pages';

const scope: CursorScope = {
  principal: ANONYMOUS,
  cluster: 'demo',
  keyspace: null,
  statement: 'SELECT * FROM ks.t WHERE a = ?',
  params: [Buffer.from('one'), null],
  tableId: '5d7e0f60-0000-11ee-8000-000000000000',
};
const columns: PageColumn[] = [
  { name: 'a', type: { kind: 'native', name: 'int' } },
  { name: 'b', type: { kind: 'list', of: { kind: 'native', name: 'text' } } },
];
const position: CursorPosition = {
  pagingState: Buffer.from([0, 1, 250, 255]),
  columns: columnsHash(columns),
  rows: 2_000,
  pages: 2,
  token: '-9223372036854775808',
  node: null,
  learned: null,
};

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.error.code;
    throw error;
  }
  return 'accepted';
}

beforeAll(() => {
  vi.stubEnv('RINGSIDE_SECRET', 'a secret of thirty-two characters');
});

describe('a cursor', () => {
  it('decodes to the position it was made from', () => {
    const anyPosition = fc.record({
      pagingState: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
      columns: fc.string(),
      rows: fc.nat(),
      pages: fc.nat(),
      token: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
      node: fc.option(fc.string()),
      learned: fc.option(fc.record({ rows: fc.integer({ min: 1, max: 10_000 }), bytesPerRow: fc.integer({ min: 1 }) })),
    });
    fc.assert(
      fc.property(anyPosition, (place) => {
        expect(decodeCursor(scope, encodeCursor(scope, place))).toEqual(place);
      }),
    );
  });

  it('forgets the size of rows after a while, because they may have changed', () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    try {
      const learned = { rows: 512, bytesPerRow: 120.5 };
      const cursor = encodeCursor(scope, { ...position, learned });
      vi.setSystemTime(9 * 60_000);
      expect(decodeCursor(scope, cursor).learned).toEqual(learned);
      vi.setSystemTime(11 * 60_000);
      expect(decodeCursor(scope, cursor)).toEqual(position);
    } finally {
      vi.useRealTimers();
    }
  });

  it('needs no encoding in a URL', () => {
    expect(encodeCursor(scope, position)).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('is refused with any one character changed, left out or added', () => {
    const cursor = encodeCursor(scope, position);
    for (let at = 0; at < cursor.length; at++) {
      for (const other of ['A', 'B', 'w', '_', '.', '!', '=']) {
        if (cursor[at] === other) continue;
        const forged = `${cursor.slice(0, at)}${other}${cursor.slice(at + 1)}`;
        expect([forged, refusal(() => decodeCursor(scope, forged))]).toEqual([forged, 'cursor_refused']);
      }
      const [shorter, longer] = [
        cursor.slice(0, at) + cursor.slice(at + 1),
        `${cursor.slice(0, at)}A${cursor.slice(at)}`,
      ];
      expect(refusal(() => decodeCursor(scope, shorter))).toBe('cursor_refused');
      expect(refusal(() => decodeCursor(scope, longer))).toBe('cursor_refused');
    }
    for (const text of ['', '.', 'x', `${cursor}!`, `${cursor}=`, `${cursor}.`, ` ${cursor}`, cursor.repeat(2)]) {
      expect(refusal(() => decodeCursor(scope, text))).toBe('cursor_refused');
    }
  });

  it.each<[string, Partial<CursorScope>]>([
    ['principal', { principal: { id: 'ada' } }],
    ['cluster', { cluster: 'production' }],
    ['keyspace', { keyspace: 'other' }],
    ['statement', { statement: 'SELECT * FROM ks.u WHERE a = ?' }],
    ['statement that differs in a space', { statement: `${scope.statement} ` }],
    ['parameter', { params: [Buffer.from('two'), null] }],
    ['parameter that is empty instead of null', { params: [Buffer.from('one'), Buffer.alloc(0)] }],
    ['number of parameters', { params: [Buffer.from('one')] }],
    ['statement without parameters', { params: null }],
    ['table of the same name', { tableId: '5d7e0f60-0000-11ee-8000-000000000001' }],
    ['table without an id', { tableId: null }],
  ])('is refused for another %s', (_, other) => {
    const cursor = encodeCursor(scope, position);
    expect(refusal(() => decodeCursor({ ...scope, ...other }, cursor))).toBe('cursor_refused');
  });

  it('is refused when it is genuine but from another version', () => {
    const cursor = encodeCursor(scope, { ...position, rows: 1.5 });
    expect(refusal(() => decodeCursor(scope, cursor))).toBe('cursor_refused');
  });

  it.each<[string, PageColumn[]]>([
    ['an extra column', [...columns, { name: 'c', type: { kind: 'native', name: 'int' } }]],
    [
      'another type inside',
      columns.with(1, { name: 'b', type: { kind: 'list', of: { kind: 'native', name: 'int' } } }),
    ],
    ['another order', columns.toReversed()],
    ['another name', columns.with(0, { name: 'A', type: { kind: 'native', name: 'int' } })],
  ])('is refused when the result has %s', (_, changed) => {
    expect(refusal(() => checkCursorColumns(position, columns))).toBe('accepted');
    expect(refusal(() => checkCursorColumns(position, changed))).toBe('cursor_refused');
  });
});
