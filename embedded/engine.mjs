import { Problem } from '../scripts/support/problem.mjs';
import { findEngine, hasImage, imageName, pullImage } from './docker.mjs';

/**
 * @typedef {'auto' | 'docker' | 'jvm'} EngineWish
 * @typedef {{ engine: 'docker', image: string, hostNetwork: boolean } | { engine: 'jvm', reason: string }} EngineChoice
 */

/**
 * What RINGSIDE_CASSANDRA asks for.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {EngineWish}
 * @throws {Problem} when it is neither docker nor jvm
 */
export function engineWish(env = process.env) {
  const wish = env.RINGSIDE_CASSANDRA || 'auto';
  if (wish === 'auto' || wish === 'docker' || wish === 'jvm') return wish;
  throw new Problem(
    `RINGSIDE_CASSANDRA is "${wish}".`,
    'Set it to docker (a container) or jvm (a Java process), or unset it.',
  );
}

/**
 * Why containers cannot be used, as far as is known before looking for an image.
 * @param {{ engine: import('./docker.mjs').Engine | undefined, nodes: number }} facts
 * @returns {string | undefined} undefined if they can
 */
export function againstContainers({ engine, nodes }) {
  if (engine === undefined) return 'no Docker engine answers';
  if (nodes > 1 && !engine.hostNetwork)
    return "this Docker engine cannot give containers this machine's addresses, which several nodes need";
  return undefined;
}

/**
 * Decides how to start a ring: in containers if an engine answers and the image is there or can be pulled, otherwise as
 * processes.
 * @param {{ wish: EngineWish, nodes: number, onProgress?: (text: string) => void }} options
 * @returns {Promise<EngineChoice>}
 * @throws {Problem} when containers were requested but are unavailable
 */
export async function chooseEngine({ wish, nodes, onProgress = () => {} }) {
  if (wish === 'jvm') return { engine: 'jvm', reason: 'RINGSIDE_CASSANDRA=jvm' };
  const engine = await findEngine();
  const image = imageName();
  let reason = againstContainers({ engine, nodes });
  if (reason === undefined && !(await hasImage(image))) {
    onProgress(`pulling the image ${image}`);
    const failure = await pullImage(image, onProgress);
    if (failure !== undefined) reason = `the image ${image} is missing and cannot be pulled (${failure})`;
  }
  if (reason === undefined && engine !== undefined) return { engine: 'docker', image, hostNetwork: engine.hostNetwork };
  if (wish === 'docker') {
    throw new Problem(
      `RINGSIDE_CASSANDRA=docker, but ${reason}.`,
      'Start Docker, or set RINGSIDE_CASSANDRA_IMAGE to a local image, or unset RINGSIDE_CASSANDRA: Ringside then runs Cassandra on Java.',
    );
  }
  return { engine: 'jvm', reason: reason ?? 'no Docker engine answers' };
}
