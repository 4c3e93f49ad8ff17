import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/paths.mjs';
import { Problem } from '../support/problem.mjs';
import { run } from '../support/processes.mjs';
import { writeSchemas } from './schemas.mjs';
import { kubernetesApi } from './tools.mjs';

const CHART = join(ROOT, 'deploy', 'helm', 'ringside');
const IMAGE = { repository: 'registry.example/ringside' };
/** Every optional value, so that every line of the templates is written. */
const ALL_VALUES = {
  image: { ...IMAGE, tag: '1.2.3', pullPolicy: 'Always', pullSecrets: ['registry'] },
  config: { clusters: [{ name: 'far', contactPoints: ['10.0.0.1'], password: { file: '/secrets/login/password' } }] },
  secrets: ['login', 'a.certificate'],
  metricsSecret: 'metrics',
  allowedHosts: ['ringside.example'],
  env: { NODE_OPTIONS: '--max-old-space-size=1024' },
  persistence: { size: '20Gi', storageClass: 'fast' },
  resources: { limits: { cpu: 2, memory: '2Gi' } },
  networkPolicy: { from: [{ namespaceSelector: {} }], egress: [{ ports: [{ protocol: 'TCP', port: 9142 }] }] },
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'tools', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
  podAnnotations: { team: 'data' },
};
/** @type {Record<string, object>} what else people choose */
const CHOICES = {
  'the least values': { image: IMAGE },
  'every value': ALL_VALUES,
  'a claim that exists, and no policy': {
    image: IMAGE,
    persistence: { existingClaim: 'mine' },
    networkPolicy: { enabled: false },
  },
};
/** @type {Record<string, object>} */
const REFUSED = {
  'no image': {},
  'a password in the values': {
    image: IMAGE,
    config: { clusters: [{ name: 'far', contactPoints: ['10.0.0.1'], password: 'secret' }] },
  },
  'a value that it does not have': { image: IMAGE, replicas: 2 },
};

/**
 * @param {import('./tools.mjs').Tools} tools
 * @param {string} directory
 * @param {import('../test/checks.mjs').Checks} checks
 */
export async function tryChart({ helm, kubeconform }, directory, { check }) {
  const values = join(directory, 'values.json');
  const render = (/** @type {object} */ chosen) => {
    writeFileSync(values, JSON.stringify(chosen));
    return run(helm, ['template', 'ringside', CHART, '--values', values]);
  };
  const schemas = await schemaLocation(directory);
  for (const [name, chosen] of Object.entries(CHOICES)) {
    const { code, output, stdout } = await render(chosen);
    if (code !== 0) throw new Problem(`helm template fails with ${name}.`, output);
    const linted = await run(helm, ['lint', '--strict', CHART, '--values', values]);
    check(
      linted.code === 0,
      `helm lint has nothing against it, with ${name}${linted.code === 0 ? '' : `: ${linted.output}`}`,
    );
    const path = join(directory, 'objects.yaml');
    writeFileSync(path, stdout);
    const conform = await run(kubeconform, ['-strict', '-summary', '-schema-location', schemas, path]);
    // A kind without a schema would be skipped, which is not valid.
    const valid = conform.code === 0 && conform.output.includes('Skipped: 0');
    check(valid, `its objects are Kubernetes’, with ${name}: ${conform.output}`);
  }
  for (const [name, chosen] of Object.entries(REFUSED)) {
    check((await render(chosen)).code !== 0, `refuses ${name}`);
  }
}

/**
 * Of the API of one release, from the module that describes it; where Go is missing, kubeconform fetches its own.
 * @param {string} directory
 */
async function schemaLocation(directory) {
  const api = await kubernetesApi();
  if (api === undefined) return 'default';
  const folder = join(directory, 'schemas');
  mkdirSync(folder);
  return writeSchemas(JSON.parse(readFileSync(api, 'utf8')), folder);
}
