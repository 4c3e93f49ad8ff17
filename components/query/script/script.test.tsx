import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import FilesDialog from './files-dialog';
import { askAboutScript, drawSummary, inserts, runOf } from './script.states';
import ScriptControls from './script-controls';

describe('the question before a script that changes something', () => {
  it('counts its writes, lists each, and runs at Enter', async () => {
    const onAgree = vi.fn();
    render(
      askAboutScript(`${inserts(300)}\nSELECT * FROM notes;\nUPDATE notes SET text = 'x' WHERE id = 1`, { onAgree }),
    );
    await expect
      .element(page.getByRole('dialog'))
      .toHaveTextContent('301 statements of it change something: 300 INSERT, 1 UPDATE.');
    await expect.element(page.getByRole('button', { name: 'Run 301 writes' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(onAgree).toHaveBeenCalledTimes(1);
  });

  it('shows the whole text of any write by keys alone, with few of them in the page', async () => {
    render(askAboutScript(inserts(10_000)));
    const list = page.getByRole('listbox', { name: 'Writes of the script' });
    list.element().focus();
    await userEvent.keyboard('{End}');
    await expect.element(page.getByRole('dialog')).toHaveTextContent("VALUES (9999, 'note 9999')");
    expect(list.element().querySelectorAll('[role=option]').length).toBeLessThan(60);
  });

  it('says of the chosen write what it changes', async () => {
    render(
      askAboutScript('CONSISTENCY QUORUM\nBEGIN UNLOGGED BATCH INSERT INTO a (k) VALUES (1) APPLY BATCH; TRUNCATE b'),
    );
    const facts = page.getByRole('region', { name: 'What it changes' });
    await expect.element(facts).toHaveTextContent('QUORUM');
    page.getByRole('listbox', { name: 'Writes of the script' }).element().focus();
    await userEvent.keyboard('{End}');
    await expect.element(facts).toHaveTextContent(/every row/i);
  });

  it('drops nothing before each name is typed', async () => {
    const onAgree = vi.fn();
    render(askAboutScript('DROP TABLE notes; TRUNCATE tags', { onAgree }));
    const run = page.getByRole('button', { name: 'Run 2 writes' });
    await expect.element(page.getByRole('textbox')).toHaveFocus();
    await userEvent.keyboard('tags');
    await expect.element(page.getByText('1 of 2 typed. Next: notes')).toBeVisible();
    await expect.element(run).toBeDisabled();
    await userEvent.keyboard('{Enter}notes');
    await expect.element(run).toBeEnabled();
    await run.click();
    expect(onAgree).toHaveBeenCalledTimes(1);
  });

  it('runs nothing at Escape', async () => {
    const [onAgree, onRefuse] = [vi.fn(), vi.fn()];
    render(askAboutScript(inserts(2), { onAgree, onRefuse }));
    await expect.element(page.getByRole('button', { name: 'Run 2 writes' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(onRefuse).toHaveBeenCalledTimes(1);
    expect(onAgree).not.toHaveBeenCalled();
  });
});

describe('the files that a script reads', () => {
  it('are opened by the person, or left out', async () => {
    const onOpen = vi.fn();
    render(<FilesDialog run={runOf("SOURCE 'a.cql'\nSOURCE 'b.cql'")} onOpen={onOpen} onRefuse={() => undefined} />);
    await page.getByLabelText('a.cql').upload(new File(['SELECT 1;\r\n'], 'a.cql'));
    await page.getByRole('button', { name: 'Continue without 1' }).click();
    expect(onOpen.mock.calls).toEqual([
      [
        new Map([
          ['a.cql', 'SELECT 1;\n'],
          ['b.cql', null],
        ]),
      ],
    ]);
  });

  it('say why one was not opened', async () => {
    render(<FilesDialog run={runOf("SOURCE 'a.cql'")} onOpen={() => undefined} onRefuse={() => undefined} />);
    await page.getByLabelText('a.cql').upload(new File([new Uint8Array([0xff, 0xfe, 0x00])], 'a.cql'));
    await expect.element(page.getByText('a.cql could not be read as UTF-8 text.')).toBeVisible();
  });
});

describe('the summary of a script', () => {
  it('says how it stands, and picks a statement by keys and by the mouse', async () => {
    const onPick = vi.fn();
    render(<div style={{ display: 'flex', flexDirection: 'column', height: 600 }}>{drawSummary(onPick)}</div>);
    await expect.element(page.getByRole('status')).toHaveTextContent('41 ran, 1 failed, 9,958 did not run · 84 ms');
    const list = page.getByRole('listbox', { name: 'Results' });
    expect(list.element().querySelectorAll('[role=option]').length).toBeLessThan(60);
    await expect.element(page.getByRole('option', { selected: true })).toHaveTextContent('Unknown identifier nme');
    list.element().focus();
    await userEvent.keyboard('{ArrowUp}');
    await page.getByRole('option', { name: /note 42'/ }).click();
    expect(onPick.mock.calls).toEqual([['run/40'], ['run/42']]);
  });
});

describe('the controls of a script', () => {
  it('run all statements where there are several, and open a file into a tab', async () => {
    const [onRunAll, onGoesOn, dispatch] = [vi.fn(), vi.fn(), vi.fn()];
    const active = { text: inserts(12), keyspace: 'flights' };
    render(<ScriptControls choice={{ goesOn: false }} running={false} {...{ active, onRunAll, onGoesOn, dispatch }} />);
    await page.getByRole('button', { name: 'All 12 statements: run' }).click();
    expect(onRunAll).toHaveBeenCalledTimes(1);
    await page.getByRole('checkbox', { name: 'Go on after a failure' }).click();
    expect(onGoesOn.mock.calls).toEqual([[true]]);
    const [input] = document.querySelectorAll<HTMLInputElement>('input[type=file]');
    if (input === undefined) throw new Error('no file can be opened');
    await userEvent.upload(input, new File(['SELECT 2;'], 'two.cql'));
    await vi.waitFor(() => expect(dispatch).toHaveBeenCalledTimes(1));
    expect(dispatch.mock.calls[0]?.[0]).toMatchObject({ type: 'fill', text: 'SELECT 2;', keyspace: 'flights' });
  });

  it('are only the file for a single statement', async () => {
    const nothing = () => undefined;
    const active = { text: 'SELECT 1', keyspace: null };
    render(
      <ScriptControls
        choice={{ goesOn: false }}
        running={false}
        {...{ active, onRunAll: nothing, onGoesOn: nothing, dispatch: nothing }}
      />,
    );
    await expect.element(page.getByRole('button', { name: 'Open a file in a new tab' })).toBeVisible();
    expect(page.getByRole('checkbox').elements()).toEqual([]);
  });
});
