import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INHERITED_NAMES } from '../test-names';
import {
  arrange,
  type ColumnLayout,
  changeLayout,
  isPlain,
  type LayoutAction,
  PLAIN_LAYOUT,
  stuckColumns,
} from './column-layout';

const columns = ['origin', 'day', 'delay', 'tags'].map((key, index) => ({ key, widthPx: 100, pinned: index < 2 }));

const keys = (layout: ColumnLayout) => arrange(columns, layout).map(({ key }) => key);
const layoutOf = (...actions: LayoutAction[]) =>
  actions.reduce((layout, action) => changeLayout(layout, action, columns), PLAIN_LAYOUT);

describe('the layout of columns', () => {
  it('is as they come until somebody changes it', () => {
    expect(keys(PLAIN_LAYOUT)).toEqual(['origin', 'day', 'delay', 'tags']);
    expect(isPlain(PLAIN_LAYOUT)).toBe(true);
  });

  it('moves a column among those pinned like itself', () => {
    expect(keys(layoutOf({ type: 'move', key: 'tags', to: 2 }))).toEqual(['origin', 'day', 'tags', 'delay']);
    expect(keys(layoutOf({ type: 'move', key: 'tags', to: 0 }))).toEqual(['origin', 'day', 'tags', 'delay']);
    expect(keys(layoutOf({ type: 'move', key: 'origin', to: 3 }))).toEqual(['day', 'origin', 'delay', 'tags']);
    expect(layoutOf({ type: 'move', key: 'tags', to: 9 })).toBe(PLAIN_LAYOUT);
  });

  it('puts what is pinned first, and what is not back in its order', () => {
    const pinned = layoutOf({ type: 'pin', key: 'tags', pinned: true });
    expect(keys(pinned)).toEqual(['origin', 'day', 'tags', 'delay']);
    expect(keys(changeLayout(pinned, { type: 'pin', key: 'origin', pinned: false }, columns))).toEqual([
      'day',
      'tags',
      'origin',
      'delay',
    ]);
  });

  it('hides and shows, but never hides the last one', () => {
    const one = layoutOf(
      { type: 'hide', key: 'origin' },
      { type: 'hide', key: 'day' },
      { type: 'hide', key: 'delay' },
      { type: 'hide', key: 'tags' },
    );
    expect(keys(one)).toEqual(['tags']);
    expect(keys(changeLayout(one, { type: 'show', key: 'day' }, columns))).toEqual(['day', 'tags']);
    expect(keys(changeLayout(one, { type: 'show_all' }, columns))).toEqual(['origin', 'day', 'delay', 'tags']);
  });

  it('shows columns that came later beside those they come after', () => {
    const layout: ColumnLayout = { ...PLAIN_LAYOUT, order: ['tags', 'gone', 'delay'] };
    expect(keys(layout)).toEqual(['origin', 'day', 'tags', 'delay']);
  });

  it.each(INHERITED_NAMES)('knows a column named %s as any other', (name) => {
    const named = [...columns, { key: name, widthPx: 70, pinned: false }];
    expect(arrange(named, PLAIN_LAYOUT)[4]).toEqual({ key: name, source: 4, widthPx: 70, pinned: false });
    const wide = changeLayout(PLAIN_LAYOUT, { type: 'resize', key: name, widthPx: 90 }, named);
    const pinned = changeLayout(wide, { type: 'pin', key: name, pinned: true }, named);
    expect(isPlain(wide)).toBe(false);
    expect(arrange(named, pinned).map(({ key }) => key)).toEqual(['origin', 'day', name, 'delay', 'tags']);
    expect(arrange(named, pinned)[2]).toEqual({ key: name, source: 4, widthPx: 90, pinned: true });
  });

  it('keeps every shown column once, whatever was done', () => {
    const key = fc.constantFrom('origin', 'day', 'delay', 'tags', 'unknown');
    const action: fc.Arbitrary<LayoutAction> = fc.oneof(
      fc.record({ type: fc.constant('move' as const), key, to: fc.integer({ min: -2, max: 6 }) }),
      fc.record({ type: fc.constant('pin' as const), key, pinned: fc.boolean() }),
      fc.record({ type: fc.constant('hide' as const), key }),
      fc.record({ type: fc.constant('show' as const), key }),
      fc.record({ type: fc.constant('resize' as const), key, widthPx: fc.integer({ min: 50, max: 500 }) }),
    );
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const layout = layoutOf(...actions);
        const shown = arrange(columns, layout);
        expect(new Set(shown.map(({ source }) => source)).size).toBe(shown.length);
        expect(shown.length).toBe(columns.length - layout.hidden.filter((one) => one !== 'unknown').length);
        const firstLoose = shown.findIndex(({ pinned }) => !pinned);
        expect(firstLoose === -1 || shown.slice(firstLoose).every(({ pinned }) => !pinned)).toBe(true);
      }),
    );
  });

  it('pins only as many as leave room to scroll', () => {
    expect(stuckColumns(columns, 1_000)).toBe(2);
    expect(stuckColumns(columns, 300)).toBe(1);
    expect(stuckColumns(columns, 100)).toBe(0);
  });
});
