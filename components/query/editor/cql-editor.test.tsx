import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ignore } from '@/components/ui/states';
import { render } from '@/components/ui/test-render';
import type { Keyspace } from '@/lib/contract/schema';
import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';
import CqlEditor, { type CqlEditorProps } from './cql-editor';
import { LatestKnowledge } from './latest-knowledge';

const NOTHING: CompletionKnowledge = { schema: { keyspaces: [] }, keyspace: undefined, release: null };
const FLIGHTS: Keyspace = {
  name: 'flights',
  system: false,
  virtual: false,
  durableWrites: true,
  replication: {},
  tables: ['airports', 'by_origin_day'].map((name) => {
    return { name, id: null, kind: 'table', baseTable: null, comment: '', columns: [], indexes: [] };
  }),
  types: [],
  functions: [],
};

const editor = page.getByRole('textbox', { name: 'CQL statement' });
const list = page.getByRole('listbox');

function editorWith(changes: Partial<CqlEditorProps>) {
  const props: CqlEditorProps = {
    documentId: 'one',
    text: '',
    knowledge: { ...NOTHING, schema: { keyspaces: [FLIGHTS] } },
    isSchemaArriving: false,
    onChange: ignore,
    onFocusChange: ignore,
    onRun: ignore,
    onReady: ignore,
    ...changes,
  };
  return (
    <>
      <CqlEditor {...props} />
      <button type="button">After the editor</button>
    </>
  );
}

/** An editor whose schema is on its way, with the completions of a place asked for. */
async function askEarly(text: string) {
  const drawn = render(editorWith({ knowledge: NOTHING, isSchemaArriving: true }), 'h-60');
  await userEvent.click(editor);
  await userEvent.keyboard(`${text}{Control>} {/Control}`);
  return drawn;
}

describe('completions asked for before the schema is here', () => {
  it('appear when it arrives', async () => {
    const { again } = await askEarly('SELECT * FROM flights.');
    again(editorWith({}));
    await expect.element(list.getByRole('option', { name: 'airports' })).toBeVisible();
    await expect.element(list.getByRole('option', { name: 'by_origin_day' })).toBeVisible();
  });

  it('appear for what was typed in the meantime', async () => {
    const { again } = await askEarly('SELECT * FROM flights.');
    await userEvent.keyboard('by');
    again(editorWith({}));
    await expect.element(list.getByRole('option')).toHaveTextContent('by_origin_day');
  });

  it('appear where typing had already asked, and would have got none', async () => {
    const waits = vi.spyOn(LatestKnowledge.prototype, 'arrival');
    const { again } = render(editorWith({ knowledge: NOTHING, isSchemaArriving: true }), 'h-60');
    await userEvent.click(editor);
    await userEvent.keyboard('SELECT * FROM');
    await expect.poll(() => waits.mock.calls.length).toBeGreaterThan(0);
    const asked = waits.mock.calls.length;
    await userEvent.keyboard(' ');
    await expect.poll(() => waits.mock.calls.length).toBeGreaterThan(asked);
    await userEvent.keyboard('{Control>} {/Control}');
    again(editorWith({}));
    await expect.element(list.getByRole('option', { name: 'flights' })).toBeVisible();
    waits.mockRestore();
  });

  it('are what is known without it when it cannot be read', async () => {
    const { again } = await askEarly('SELECT tok');
    await expect.element(list).not.toBeInTheDocument();
    again(editorWith({ knowledge: NOTHING }));
    await expect.element(list.getByRole('option', { name: /^token/ })).toBeVisible();
  });

  it('do not wait where a statement begins', async () => {
    await askEarly('SEL');
    await expect.element(list.getByRole('option', { name: 'SELECT', exact: true })).toBeVisible();
  });
});

describe('Tab', () => {
  it('stays in the editor while a list is drawn, even at the instant it opens', async () => {
    const onChange = vi.fn();
    render(editorWith({ onChange }), 'h-60');
    await userEvent.click(editor);
    // The key comes with the list, sooner than a person could press it.
    const pressed = new Promise<boolean>((resolve) => {
      const watch = new MutationObserver(() => {
        const content = document.querySelector('.cm-content');
        if (document.querySelector('[role=listbox]') === null || content === null) return;
        watch.disconnect();
        resolve(!content.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true })));
      });
      watch.observe(document.body, { childList: true, subtree: true });
    });
    await userEvent.keyboard('SELECT * FROM flights.{Control>} {/Control}');
    expect(await pressed).toBe(true);
    await expect.element(list).toBeVisible();
    expect(onChange).toHaveBeenLastCalledWith('one', 'SELECT * FROM flights.');
  });

  it('leaves it otherwise', async () => {
    render(editorWith({}), 'h-60');
    await userEvent.click(editor);
    await userEvent.keyboard('SELECT {Escape}{Tab}');
    await expect.element(page.getByRole('button', { name: 'After the editor' })).toHaveFocus();
  });
});
