import { describe, expect, it } from 'vitest';
import { readAddress } from './address';
import { nameProblem, readViews, renamed, type SavedView, searchOf, withoutView, withView } from './saved-views';

const view = (name: string, search = ''): SavedView => ({ name, search });

describe('saved views', () => {
  it('keep what is read and how, not the place in the table', () => {
    const address = readAddress(
      'filters=[{"column":"a","operator":"=","value":1}]&columns=["b","a"]&reversed=true&filtering=true&pageRows=500&sort=[["b","desc"]]&quick=x&from=7&skip=3',
    );
    const opened = readAddress(searchOf(address));
    expect(opened).toEqual({ ...address, from: null, skip: 0 });
  });

  it('are in the order of their names', () => {
    const views = [view('b'), view('10')].reduce<readonly SavedView[]>(withView, [view('9')]);
    expect(views.map(({ name }) => name)).toEqual(['9', '10', 'b']);
    expect(renamed(views, '9', ' z ').map(({ name }) => name)).toEqual(['10', 'b', 'z']);
    expect(withoutView(views, 'b').map(({ name }) => name)).toEqual(['9', '10']);
    expect(renamed(views, 'none', 'x')).toEqual(views);
  });

  it('need a unique name', () => {
    const views = [view('late')];
    expect(nameProblem(views, ' ')).toMatch(/Enter a name/);
    expect(nameProblem(views, ' late ')).toMatch(/Another view already/);
    expect(nameProblem(views, 'late', 'late')).toBeNull();
    expect(nameProblem(views, 'early')).toBeNull();
    expect(nameProblem(views, 'x'.repeat(81))).toMatch(/80 characters/);
    expect(
      nameProblem(
        Array.from({ length: 100 }, (_, at) => view(String(at))),
        'x',
      ),
    ).toMatch(/100 views/);
  });

  it('are none where the stored text makes no sense', () => {
    expect(readViews('[{"name":"a","search":""}]')).toEqual([view('a')]);
    for (const text of ['', '{', '{}', '[{"name":1}]', '[{"name":"","search":""}]'])
      expect(readViews(text)).toEqual([]);
  });
});
