import { expect, test } from '../fixtures/test';
import { readAll } from '../support/plain-client';
import { QueryPage } from '../support/query-page';

const MANY = 10_000;

test.describe('Running a script', () => {
  test('10,000 INSERTs from a file run with one question, and a failed one is mended and gone on from', async ({
    page,
    client,
    scratch,
  }) => {
    // A ring, the server and the browser may share two cores, and each statement waits for the one before it. One replica
    // of each row is enough: the story is of the script.
    test.setTimeout(900_000);
    await scratch.run(
      `ALTER KEYSPACE ${scratch.keyspace} WITH replication = {'class': 'NetworkTopologyStrategy', 'replication_factor': 1}`,
    );
    await scratch.table('notes', 'id int PRIMARY KEY, text text');
    const lines = Array.from(
      { length: MANY },
      (_, id) => `INSERT INTO notes (id, text) VALUES (${id}, 'note; ${id}');`,
    );
    lines[6_000] = "INSERT INTO notes (id, text) VALUES ('six thousand', 'note');";
    const script = `-- notes\nUSE ${scratch.keyspace};\n${lines.join('\n')}`;
    const query = new QueryPage(page);
    await query.open();
    const file = { name: 'notes.cql', mimeType: 'text/plain', buffer: Buffer.from(script) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'All 10,001 statements: run' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run this script on Demo?' });
    await expect(dialog).toContainText('10,000 statements of it change something: 10,000 INSERT.');
    await expect(dialog.locator('pre')).toHaveText(
      `INSERT INTO ${scratch.keyspace}.notes (id, text) VALUES (0, 'note; 0')`,
    );
    await dialog.getByRole('button', { name: 'Run 10,000 writes' }).click();
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    const question = page.waitForEvent('dialog');
    const leaves = page.close({ runBeforeUnload: true });
    const leaving = await question;
    expect(leaving.type()).toBe('beforeunload');
    await leaving.dismiss();
    await leaves;

    const summary = page.getByRole('region', { name: 'Statements of the script' });
    await expect(summary.getByRole('status')).toContainText('6,000 ran, 1 failed, 3,999 did not run', {
      timeout: 400_000,
    });
    await expect(page.getByText('Statement 6002 failed: 3999 of 10001 statements did not run.')).toBeVisible();
    expect(await summary.getByRole('option').count()).toBeLessThan(100);
    await expect(page.getByRole('tablist', { name: 'Results' })).toHaveCount(0);

    await query.underlined().first().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.insertText("INSERT INTO notes (id, text) VALUES (6000, 'mended');");
    await expect(page.getByText(/^Results of the run at .+, before your last edit\.$/)).toBeVisible();
    await page.getByRole('button', { name: 'Continue from statement 6002' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run 4,000 writes' }).click();
    await expect(summary.getByRole('status')).toContainText('10,000 ran ·', { timeout: 400_000 });
    const rows = await readAll(client, `SELECT id, text FROM ${scratch.keyspace}.notes`);
    expect(rows).toHaveLength(MANY);
    expect(rows.find((row) => row.get('id') === 6_000)?.get('text')).toBe('mended');
  });

  test('a script of cqlsh runs: comments, USE, a level, a batch, DESCRIBE, and what is only the shell’s', async ({
    page,
    client,
    scratch,
  }) => {
    await scratch.table('notes', 'id int PRIMARY KEY, text text');
    const query = new QueryPage(page);
    await query.open();
    await query.write(
      [
        '/* a script; */ // of cqlsh',
        `USE ${scratch.keyspace};`,
        'CONSISTENCY QUORUM',
        "BEGIN BATCH INSERT INTO notes (id, text) VALUES (1, $$it's; one$$); INSERT INTO notes (id) VALUES (2); APPLY BATCH;",
        'SHOW VERSION',
        'SELECT text FROM notes WHERE id = 1;',
        'DESC TABLE notes',
      ].join('\n'),
    );
    await query.runAll();
    const dialog = page.getByRole('dialog', { name: 'Run this script on Demo?' });
    await expect(dialog).toContainText('1 statement of it changes something: 1 BEGIN BATCH.');
    await dialog.getByRole('button', { name: 'Run 1 write' }).click();
    const results = page.getByRole('tablist', { name: 'Results' }).getByRole('tab');
    await expect(results).toHaveText([/note$/, /note$/, /done$/, /note$/, /done$/, /done$/]);
    await results.nth(4).click();
    await expect(query.result.cells(1)).toHaveText(["it's; one"]);
    await expect(query.result.bar).toContainText('QUORUM');
    await results.nth(3).click();
    await expect(page.getByText('SHOW means something in the shell only: skipped.')).toBeVisible();
    expect(await readAll(client, `SELECT id FROM ${scratch.keyspace}.notes`)).toHaveLength(2);
  });

  test('I do all of it with the keyboard, and choose to go on after a failure', async ({ page, scratch }) => {
    await scratch.table('notes', 'id int PRIMARY KEY');
    const query = new QueryPage(page);
    await query.open();
    const inserts = Array.from({ length: 12 }, (_, id) => `INSERT INTO ${scratch.keyspace}.notes (id) VALUES (${id});`);
    await query.write(inserts.with(4, 'SELECT nothing FROM system.local;').join('\n'));
    const goOn = page.getByRole('checkbox', { name: 'Go on after a failure' });
    await goOn.focus();
    await page.keyboard.press('Space');
    await expect(goOn).toBeChecked();
    await page.getByRole('button', { name: 'All 12 statements: run' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Run 11 writes' })).toBeFocused();
    await page.keyboard.press('Enter');
    const summary = page.getByRole('region', { name: 'Statements of the script' });
    await expect(summary.getByRole('status')).toContainText('11 ran, 1 failed');
    const list = summary.getByRole('listbox', { name: 'Results' });
    await list.focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
    await expect(list.getByRole('option', { selected: true })).toContainText('SELECT nothing');
    await expect(page.getByRole('alert').filter({ hasText: 'nothing' })).toBeVisible();
  });

  test('SOURCE asks for the file, and nothing of a refused script runs', async ({ page, client, scratch }) => {
    await scratch.table('notes', 'id int PRIMARY KEY');
    const query = new QueryPage(page);
    await query.open();
    await query.write(`USE ${scratch.keyspace};\nSOURCE 'more.cql'\nINSERT INTO notes (id) VALUES (1);`);
    await query.runAll();
    const files = page.getByRole('dialog', { name: 'Open the files that this script reads' });
    const buffer = Buffer.from('INSERT INTO notes (id) VALUES (2); TRUNCATE notes;');
    await files.getByLabel('more.cql').setInputFiles({ name: 'more.cql', mimeType: 'text/plain', buffer });
    await files.getByRole('button', { name: 'Continue' }).click();
    const script = page.getByRole('dialog', { name: 'Run this script on Demo?' });
    await expect(script).toContainText('3 statements of it change something: 2 INSERT, 1 TRUNCATE.');
    await expect(script.getByRole('button', { name: 'Run 3 writes' })).toBeDisabled();
    await script.getByRole('textbox').fill('notes');
    await expect(script.getByRole('button', { name: 'Run 3 writes' })).toBeEnabled();
    await script.getByRole('button', { name: 'Cancel' }).click();
    const results = page.getByRole('tablist', { name: 'Results' }).getByRole('tab');
    await expect(results).toHaveText([/note$/, /note$/, /not run$/, /not run$/, /not run$/]);
    await results.nth(2).click();
    await expect(page.getByText('You did not confirm the script.').filter({ visible: true })).toBeVisible();
    expect(await readAll(client, `SELECT id FROM ${scratch.keyspace}.notes`)).toEqual([]);
  });
});
