import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../support/paths.mjs';
import { Problem } from '../support/problem.mjs';
import { outputOf, run } from '../support/processes.mjs';
import { step } from '../support/progress.mjs';

/** Built from source, which takes some minutes: the versions that these checks were written with. */
const PACKAGES = {
  helm: 'helm.sh/helm/v3/cmd/helm@v3.22.0',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0',
};
/** Its description of the API has every kind of object. */
const KUBERNETES = 'k8s.io/kubernetes@v1.34.3';

/** @typedef {{ helm: string, kubeconform: string }} Tools */

const folder = () => join(cacheDirectory(), 'chart-tools');

/** @param {string} name */
async function found(name) {
  const built = join(folder(), name);
  if (existsSync(built)) return built;
  return (await outputOf('sh', ['-c', `command -v ${name}`]))?.trim();
}

/** @returns {Promise<Tools | undefined>} those that were built before, or of this machine */
export async function findTools() {
  const [helm, kubeconform] = await Promise.all([found('helm'), found('kubeconform')]);
  return helm === undefined || kubeconform === undefined ? undefined : { helm, kubeconform };
}

/** Builds what is missing, with Go. */
export async function buildTools() {
  mkdirSync(folder(), { recursive: true });
  for (const [name, source] of Object.entries(PACKAGES)) {
    if ((await found(name)) !== undefined) continue;
    const building = step(`Building ${source}`);
    await go('install', source);
    building.done();
  }
}

/** @returns {Promise<string | undefined>} Kubernetes' API as Swagger, undefined without Go */
export async function kubernetesApi() {
  if ((await outputOf('go', ['version'])) === undefined) return undefined;
  const { Dir } = JSON.parse(await go('mod', 'download', '-json', KUBERNETES));
  return join(Dir, 'api', 'openapi-spec', 'swagger.json');
}

/** @param {readonly string[]} args */
async function go(...args) {
  const { code, output, stdout } = await run('go', args, { env: { ...process.env, GOBIN: folder() } }).catch(
    (cause) => {
      throw new Problem('Go does not start.', 'Install Go, or helm and kubeconform.', { cause });
    },
  );
  if (code === 0) return stdout;
  throw new Problem(`go ${args.join(' ')} failed.`, output.split('\n').slice(-10).join('\n'));
}
