import { describe, expect, it, vi } from 'vitest';
import { KeptTraces } from './kept-traces';

const trace = (id: string, returnedRows: number | null = 1) => ({ cluster: 'demo', id, label: id, returnedRows });

describe('the traces of this tab', () => {
  it('are kept once each, the newest first, and bounded', () => {
    const kept = new KeptTraces();
    const heard = vi.fn();
    kept.subscribe(heard);
    kept.keep(trace('a'));
    kept.keep(trace('b'));
    kept.keep(trace('a'));
    expect(kept.all().map(({ id }) => id)).toEqual(['b', 'a']);
    expect(heard).toHaveBeenCalledTimes(2);
    for (let index = 0; index < 50; index++) kept.keep(trace(`${index}`));
    expect(kept.all()).toHaveLength(30);
    expect(kept.all()[0]?.id).toBe('49');
  });

  it('learn the rows of one that was opened by its id, and do not forget them', () => {
    const kept = new KeptTraces();
    kept.keep(trace('a', null));
    kept.keep(trace('a', 7));
    kept.keep(trace('a', null));
    expect(kept.all()).toEqual([trace('a', 7)]);
  });
});
