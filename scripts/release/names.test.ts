import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';

/** What people read: the documents, and every text of the page and of the command line. */
const FOLDERS = ['app', 'components', 'docs', 'lib', 'scripts/release'];
const FILES = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'Dockerfile', 'compose.yaml'];
/** The one sentence that names it, for those who stand in the checkout, whose `bin` it is there. */
const INSIDE = /Inside a checkout, `npx ringside` runs/;

function texts(): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return [...inFolders, ...FILES].filter((path) => /\.(md|tsx?|mjs|yaml)$|Dockerfile$/.test(path));
}

describe('the npm name ringside, which belongs to somebody else', () => {
  it('is never what people are asked to run', () => {
    const asking = texts().flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .filter((line) => /\b(npx|npm (i|install|exec)|pnpm dlx|yarn dlx|bunx)\s+(-\S+\s+)*ringside\b/.test(line))
        .filter((line) => !INSIDE.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(asking).toEqual([]);
  });
});
