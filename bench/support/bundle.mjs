import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { ROOT } from '../../scripts/support/paths.mjs';

/**
 * Bundles modules of the project as its build does, so that calls between files cost the same here.
 * @param {readonly string[]} files by their path in the project
 * @returns the exports of all of them
 */
export async function bundled(files) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-bench-'));
  const entry = Object.fromEntries(files.map((file, at) => [`entry-${at}`, file]));
  try {
    await build({
      root: ROOT,
      logLevel: 'warn',
      configFile: false,
      resolve: { alias: { '@': ROOT } },
      build: {
        outDir: folder,
        minify: false,
        target: 'node20',
        lib: { entry, formats: ['es'], fileName: '[name]' },
        rollupOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' } },
      },
    });
    const modules = Object.keys(entry).map((name) => import(pathToFileURL(path.join(folder, `${name}.mjs`)).href));
    return Object.assign({}, ...(await Promise.all(modules)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
