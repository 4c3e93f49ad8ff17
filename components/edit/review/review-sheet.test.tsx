import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { RowChange } from '@/lib/contract/mutations';
import { CUT, drawReview, EVERY_OUTCOME, MOVES, NAMED, PLANNED, REFUSED, TWO } from './review-sheet.states';
import { edit, outcome, planOf, READ, ranWith, rowOf, stateOf, TABLE } from './test-review';

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const statement = (of: string) => page.getByRole('article', { name: `Statement ${of}`, exact: true });
const conflict = (origin: string, departs = 610) =>
  page.getByRole('region', { name: `Conflict: origin = ${origin} · departs = ${departs}` });

describe('the review of changed rows', () => {
  it('shows old and new values, null, empty and unset as three things, and the exact statement', async () => {
    render(drawReview(stateOf(PLANNED)));
    const list = page.getByRole('list', { name: 'Changes and their statements' });
    await expect.element(list).toHaveTextContent('-4→12');
    await expect.element(list).toHaveTextContent('dest""');
    await expect.element(list).toHaveTextContent('tagsnull');
    await expect
      .element(statement('1 of 6'))
      .toHaveTextContent(
        "UPDATE flights.by_origin_day USING TTL 3600 SET delay = 12 WHERE origin = 'SEA' AND departs = 610 IF delay = -4",
      );
    // Ten identical notes are said once.
    await expect.element(page.getByRole('list', { name: 'Notes' }).getByText(/Guarded: each statement/)).toBeVisible();
  });

  it('runs by a press or by keys, and says how many statements', async () => {
    const onRun = vi.fn();
    render(drawReview(stateOf(TWO), { onRun }));
    await userEvent.click(button('Run 2 statements'));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(onRun.mock.calls).toEqual([[undefined], [undefined]]);
    // Enter alone never runs: the review opens by a key too.
    await userEvent.click(page.getByRole('radio', { name: 'Guarded' }));
    await userEvent.keyboard('{Enter}');
    expect(onRun).toHaveBeenCalledTimes(2);
  });

  it('runs nothing where a second person is needed, and asks for approval with a reason', async () => {
    const onRun = vi.fn();
    render(drawReview(stateOf(TWO), { onRun, isHeld: true }));
    await expect.element(page.getByText('This needs a second person')).toBeVisible();
    expect(page.getByRole('button', { name: /^Run/ }).elements()).toHaveLength(0);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(onRun).not.toHaveBeenCalled();
    await expect.element(button('Ask for approval')).toBeDisabled();
    await userEvent.fill(page.getByRole('textbox', { name: 'Why is it needed?' }), 'Two flights left late.');
    await expect.element(button('Ask for approval')).toBeEnabled();
  });

  it('runs nothing before the name is typed, where one is asked for', async () => {
    const onRun = vi.fn();
    render(drawReview(stateOf(NAMED), { onRun }));
    await expect.element(button('Run 1 statement')).toBeDisabled();
    await userEvent.click(page.getByRole('textbox'));
    await userEvent.keyboard('by_origin_da{Enter}{Control>}{Enter}{/Control}');
    expect(onRun).not.toHaveBeenCalled();
    await userEvent.keyboard('y{Enter}');
    expect(onRun.mock.calls).toEqual([['by_origin_day']]);
  });

  it('runs nothing that has expired, or while it is planned again', async () => {
    const [onRun, onAgain] = [vi.fn(), vi.fn()];
    const { again } = render(drawReview(stateOf(TWO, { isExpired: true }), { onRun, onAgain }));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await userEvent.click(button('Review again'));
    again(drawReview({ ...stateOf(TWO), phase: 'planning' }, { onRun }));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(onAgain).toHaveBeenCalledTimes(1);
    expect(onRun).not.toHaveBeenCalled();
  });

  it('asks only what applies, and says what each choice means', async () => {
    const onOptions = vi.fn();
    const { again } = render(drawReview(stateOf(TWO), { onOptions }));
    await userEvent.click(page.getByRole('radio', { name: 'Plain' }));
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Sent as' }), 'one logged batch');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'TTL' }), 'seconds');
    expect(onOptions.mock.calls).toEqual([[{ mode: 'plain' }], [{ batch: 'logged' }], [{ ttl: 0 }]]);
    again(drawReview(stateOf(TWO), { onOptions }, { options: { mode: 'plain', ttl: 60 } }));
    await expect.element(page.getByRole('combobox', { name: 'Serial consistency' })).not.toBeInTheDocument();
    await userEvent.fill(page.getByRole('textbox', { name: 'TTL in seconds' }), '90');
    expect(onOptions).toHaveBeenLastCalledWith({ ttl: 90 });
    again(drawReview(stateOf(NAMED)));
    await expect.element(page.getByRole('radio', { name: 'Guarded' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('combobox', { name: 'TTL' })).not.toBeInTheDocument();
  });

  it('names the table’s default TTL once it is known, and begins with it', async () => {
    const onOptions = vi.fn();
    const aging = { ...TABLE, defaultTtlSeconds: 86_400 };
    const choice = page.getByRole('combobox', { name: 'TTL' });
    const { again } = render(drawReview(stateOf(TWO)));
    await expect.element(choice).toHaveTextContent('the table’s default (none)');
    again(drawReview(stateOf(planOf([[edit('SEA', 12), rowOf(READ)]], {}, {}, aging)), { onOptions }));
    await expect.element(choice).toHaveTextContent('the table’s default (86,400 s)');
    await expect.element(statement('1 of 1')).toHaveTextContent('USING TTL 0');
    await expect
      .element(page.getByText('“delay” does not expire; USING TTL 0 keeps the table’s default TTL away.'))
      .toBeVisible();
    await userEvent.selectOptions(choice, 'seconds');
    expect(onOptions.mock.calls).toEqual([[{ ttl: 86_400 }]]);
    again(drawReview(stateOf(planOf([[edit('SEA', 12), rowOf(READ)]], {}, { defaultTtlSeconds: undefined }))));
    await expect.element(choice).not.toHaveTextContent('default (');
  });

  it('keeps a thousand changes out of the page but for those in view', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => [edit('SEA', 12, at), rowOf(READ)] as const);
    render(drawReview(stateOf(planOf(many))));
    await expect.element(button('Run 1,000 statements')).toBeEnabled();
    expect(document.querySelectorAll('[aria-posinset]').length).toBeLessThan(60);
    const scroller = page.getByRole('list', { name: 'Changes and their statements' }).element().parentElement;
    await expect
      .poll(() => {
        if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
        return document.querySelector('[aria-posinset="2000"]')?.textContent;
      })
      .toContain('departs = 999');
  });

  it('shows the whole of a long value when asked', async () => {
    const long = 'x'.repeat(3_000);
    render(drawReview(stateOf(planOf([[{ ...edit('SEA', 1), edits: { dest: { set: long } } }, rowOf(READ)]]))));
    await userEvent.click(button('Show the whole value: dest, after'));
    await expect.element(page.getByText(long, { exact: true })).toBeInTheDocument();
  });
});

describe('a conflict of a move', () => {
  const decided = () => {
    const onResolve = vi.fn<(change: RowChange, next: RowChange | null) => void>();
    render(drawReview(stateOf(MOVES), { onResolve }));
    return () => onResolve.mock.lastCall?.[1];
  };
  const press = (departs: number, name: string) =>
    userEvent.click(conflict('SEA', departs).getByRole('button', { name }));

  it('with a row that has changed: moved with my values, with theirs, or left where it is', async () => {
    const last = decided();
    await expect.element(conflict('SEA', 730).getByRole('row', { name: /^delay/ })).toHaveTextContent('delay-4912');
    await press(730, 'Move it with my values');
    expect(last()).toMatchObject({ kind: 'move', seen: { delay: 9 }, edits: { delay: { set: 12 } } });
    await press(730, 'delay: take theirs');
    await press(730, 'Take as chosen');
    expect(last()).toMatchObject({ kind: 'move', seen: { delay: 9 }, edits: {} });
    await press(730, 'Leave it where it is');
    expect(last()).toBeNull();
  });

  it('with another row at the new key: both are shown, and neither is overwritten', async () => {
    const last = decided();
    const table = conflict('SEA', 731).getByRole('table');
    await expect.element(table).toHaveTextContent('ColumnAt the old keyAt the new keyAs you want it');
    await expect.element(table.getByRole('row', { name: /^delay/ })).toHaveTextContent('delay-4-412');
    await expect.element(table.getByRole('row', { name: /^dest/ })).toHaveTextContent('destPDXSFOPDX');
    await press(731, 'Leave it where it is');
    expect(last()).toMatchObject({ kind: 'update', key: { departs: 731 }, edits: { delay: { set: 12 } } });
  });

  it('whose row has arrived already: what is left is the deletion of the old one', async () => {
    const last = decided();
    await press(732, 'Delete the old row instead');
    expect(last()).toEqual({ kind: 'delete', key: { origin: 'SEA', departs: 732 }, seen: READ });
    await expect.element(conflict('SEA', 733)).toHaveTextContent('it may have been moved already');
    await expect
      .element(conflict('SEA', 733).getByRole('button', { name: 'Add it as a new row' }))
      .not.toBeInTheDocument();
  });

  it('is shown after its run as well', async () => {
    const move = MOVES.changes[0];
    if (move === undefined) throw new Error('there is no move');
    const plan = planOf([[move, rowOf(READ)]]);
    const rows = [{ change: 0, row: rowOf(READ), target: rowOf({ ...READ, dest: 'SFO' }) }];
    const message = 'Not applied: there is a row with the new key.';
    const after = [outcome(0, { outcome: 'not_applied', message, rows }), outcome(1, { outcome: 'not_sent' })];
    render(drawReview(ranWith(plan, after)));
    await expect.element(conflict('SEA', 730).getByRole('table')).toHaveTextContent('At the new key');
  });
});

describe('a conflict', () => {
  const decided = () => {
    const onResolve = vi.fn<(change: RowChange, next: RowChange | null) => void>();
    render(drawReview(stateOf(REFUSED), { onResolve }));
    return () => onResolve.mock.lastCall;
  };

  it('is decided at once, mine or theirs', async () => {
    const last = decided();
    await userEvent.click(conflict('SEA').getByRole('button', { name: 'Take mine' }));
    expect(last()?.[1]).toMatchObject({ seen: { delay: 9 }, edits: { delay: { set: 12 } } });
    await userEvent.click(conflict('SEA').getByRole('button', { name: 'Take theirs' }));
    expect(last()?.[1]).toBeNull();
  });

  it('is decided by cell', async () => {
    const last = decided();
    const row = conflict('PDX').getByRole('row', { name: /^dest/ });
    await expect.element(row).toHaveTextContent('PDXSFOLAX');
    await userEvent.click(conflict('PDX').getByRole('button', { name: 'dest: take theirs' }));
    await userEvent.click(conflict('PDX').getByRole('button', { name: 'Take as chosen' }));
    expect(last()?.[1]).toMatchObject({ seen: { delay: 9, dest: 'SFO' }, edits: { delay: { set: 12 } } });
  });

  it('about a row that is gone, or is there already, is an explicit choice', async () => {
    const last = decided();
    await userEvent.click(conflict('LAX').getByRole('button', { name: 'Add it as a new row' }));
    expect(last()?.[1]).toEqual({
      ...{ kind: 'insert', key: { origin: 'LAX', departs: 610 }, values: { ...READ, delay: 12 } },
    });
    await userEvent.click(conflict('SEA', 700).getByRole('button', { name: 'Edit that row instead' }));
    expect(last()?.[1]).toMatchObject({ kind: 'update', seen: READ, edits: { delay: { set: 7 } } });
  });
});

describe('a run', () => {
  it('tells every outcome apart, and shows those that failed alone', async () => {
    render(drawReview(EVERY_OUTCOME));
    await expect
      .element(page.getByRole('status').first())
      .toHaveTextContent('1 applied · 2 not applied · 1 refused · 1 unknown · 1 not sent · 42 ms');
    await userEvent.click(button('Only what was not applied (5)'));
    await expect.element(statement('1 of 6')).not.toBeInTheDocument();
    await expect.element(statement('2 of 6')).toHaveTextContent('✗ not applied');
    await expect.element(page.getByText(/Its outcome is unknown: look at the row first/)).toBeInTheDocument();
  });

  it('looks again at an unknown statement, and at all after a response that was cut off', async () => {
    const onLook = vi.fn();
    const { again } = render(drawReview(CUT, { onLook }));
    await expect.element(statement('2 of 2')).toHaveTextContent('? unknown');
    await userEvent.click(button('Look again at 1 statement'));
    expect(onLook.mock.calls).toEqual([[[1]]]);
    const look = { found: 'there', message: 'Looked again: it is there.' } as const;
    again(
      drawReview(
        ranWith(TWO, [outcome(0, {}), outcome(1, { outcome: 'unknown', message: 'Unknown.', look })], { cut: CUT.cut }),
      ),
    );
    await expect.element(statement('2 of 2')).toHaveTextContent('Looked again: it is there.');
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });

  it('is not closed while it sends, and can be stopped', async () => {
    const [onClose, onStop] = [vi.fn(), vi.fn()];
    render(
      drawReview(stateOf(TWO, { phase: 'running', outcomes: new Map([[0, outcome(0, {})]]) }), { onClose, onStop }),
    );
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('still being sent');
    await userEvent.click(button('Stop sending'));
    expect([onClose.mock.calls.length, onStop.mock.calls.length]).toEqual([0, 1]);
  });

  it('says of a half-applied move that the row stands twice', async () => {
    const move: RowChange = { kind: 'move', key: { origin: 'SEA', departs: 1 }, to: { origin: 'PDX', departs: 1 } };
    const plan = planOf([[move, rowOf(READ)]]);
    render(
      drawReview(ranWith(plan, [outcome(0, {}), outcome(1, { outcome: 'not_applied', message: 'Not applied.' })])),
    );
    await expect.element(page.getByText(/The row stands twice/)).toBeVisible();
  });

  it('is undone, or reviewed again', async () => {
    const [onUndo, onAgain] = [vi.fn(), vi.fn()];
    render(drawReview(EVERY_OUTCOME, { onUndo, onAgain }));
    await userEvent.click(button('Undo what was applied'));
    await userEvent.click(button(/^Review .* again$/));
    expect([onUndo.mock.calls.length, onAgain.mock.calls.length]).toEqual([1, 1]);
  });
});
