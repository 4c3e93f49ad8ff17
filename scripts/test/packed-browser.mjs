import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { fetchPackage, unpack } from '../support/npm-package.mjs';

/** A headless Chromium with the libraries and fonts that a bare system lacks, for Linux on x64. */
const CHROMIUM = {
  name: '@sparticuz/chromium',
  version: '153.0.0',
  integrity: 'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
};

/** Packed with brotli: libraries for systems that lack NSS and others, fonts, and software rendering. */
const FOLDERS = { al2023: 'libraries', fonts: 'fonts', swiftshader: '.' };

/** @returns {boolean} whether the package is made for this machine */
export function packedBrowserFits() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The browser from the package, or from the cache if it was downloaded before.
 * @param {{ signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<string>} the path to start
 */
export async function fetchPackedBrowser({ signal } = {}) {
  const directory = await fetchPackage(CHROMIUM, { signal });
  const start = join(directory, 'start.sh');
  if (existsSync(start)) return start;
  const bin = join(directory, 'bin');
  for (const [name, folder] of Object.entries(FOLDERS)) {
    const archive = join(directory, `${name}.tar`);
    await inflate(join(bin, `${name}.tar.br`), archive);
    await unpack(archive, join(directory, folder), { signal });
    rmSync(archive);
  }
  await inflate(join(bin, 'chromium.br'), join(directory, 'chromium'));
  const fonts = join(directory, 'fonts.conf');
  writeFileSync(
    fonts,
    `<fontconfig><dir>${join(directory, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(directory, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  const lines = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${join(directory, 'libraries', 'lib')}' FONTCONFIG_FILE='${fonts}'`,
    `exec '${join(directory, 'chromium')}' "$@"`,
  ];
  // Written last: its presence means that everything is there.
  writeFileSync(`${start}.part`, `${lines.join('\n')}\n`, { mode: 0o755 });
  renameSync(`${start}.part`, start);
  return start;
}

/**
 * @param {string} from
 * @param {string} to becomes executable
 */
async function inflate(from, to) {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}
