/**
 * `node scripts/test-image-node.mjs BASE TAG`: builds a stand-in for the official image of Node where no registry can be
 * reached: BASE is a Debian; Node's current long-term release and npm come from npm's registry.
 */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCurrentLts } from './support/node-lts.mjs';
import { fetchPackage } from './support/npm-package.mjs';
import { ROOT } from './support/paths.mjs';
import { Problem } from './support/problem.mjs';
import { outputOf } from './support/processes.mjs';
import { buildStandIn } from './support/stand-in-image.mjs';

const NPM = {
  name: 'npm',
  version: '11.19.1',
  integrity: 'sha512-ztsxKxt/kkIaAs+2i0GU6I+DRmUdrNasxTZKJe9TCdSjKxlhah/4r/hl5ygMD6XAg1qZ9c2TNomR4qgOydp10g==',
};
const FETCH_MS = 300_000;

/** @returns {Promise<string>} the path of the program */
async function currentNode() {
  if (isCurrentLts(process.version)) return process.execPath;
  const script = join(ROOT, 'scripts', 'support', 'node-lts.mjs');
  const folder = await outputOf(process.execPath, [script], { timeoutMs: FETCH_MS });
  if (folder !== undefined) return join(folder.trim(), 'node');
  throw new Problem("Node's current long-term release is not available.", `Try \`node ${script}\`.`);
}

/**
 * Writes everything that goes into the image.
 * @param {string} context a folder
 */
async function fill(context) {
  cpSync(await currentNode(), join(context, 'node'), { dereference: true });
  cpSync(await fetchPackage(NPM), join(context, 'npm'), { recursive: true });
  const lines = [
    'ARG BASE',
    'FROM $BASE',
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && useradd --uid 1000 --create-home node',
  ];
  // Who intercepts TLS on this machine does so in a container as well.
  const { NODE_EXTRA_CA_CERTS: authorities } = process.env;
  if (authorities && existsSync(authorities)) {
    cpSync(authorities, join(context, 'authorities.pem'), { dereference: true });
    lines.push('COPY authorities.pem /usr/local/share/', 'ENV NODE_EXTRA_CA_CERTS=/usr/local/share/authorities.pem');
  }
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
}

await buildStandIn('scripts/test-image-node.mjs', fill);
