import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TAR_END, tarEntry } from './tar';

describe('an archive of saved statements', () => {
  it('is unpacked by tar, with long names in any script', () => {
    const directory = mkdtempSync(join(tmpdir(), 'ringside-tar-'));
    try {
      const files = new Map([
        ['a.cql', ''],
        ['folder/Zähler ½.cql', 'x'.repeat(512)],
        [`${'会議/'.repeat(7)}${'long '.repeat(19)}name.cql`, 'SELECT 1\n'],
      ]);
      const entries = [...files].map(([name, text]) => tarEntry(name, Buffer.from(text), 1_700_000_000));
      writeFileSync(join(directory, 'all.tar'), Buffer.concat([...entries, TAR_END]));
      execFileSync('tar', ['-xf', 'all.tar'], { cwd: directory });
      for (const [name, text] of files) {
        expect(readFileSync(join(directory, name), 'utf8')).toBe(text);
        expect(statSync(join(directory, name)).mtimeMs).toBe(1_700_000_000_000);
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
