/**
 * `npm run test:deploy`: checks the Helm chart and the systemd unit, without a Kubernetes and without running the unit. The
 * chart needs helm and kubeconform; `npm run test:deploy -- --build-tools` builds both with Go, which takes some minutes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checks } from './test/checks.mjs';
import { tryChart } from './test-deploy/chart.mjs';
import { buildTools, findTools } from './test-deploy/tools.mjs';
import { hasSystemd, tryUnit } from './test-deploy/unit.mjs';

const checks = new Checks();
const directory = mkdtempSync(join(tmpdir(), 'ringside-deploy-'));
try {
  if (process.argv.includes('--build-tools')) await checks.part('helm and kubeconform', buildTools);
  const tools = await findTools();
  if (tools === undefined) {
    const how = '`npm run test:deploy -- --build-tools` builds them with Go';
    checks.notTried('the chart', `helm and kubeconform are not installed; ${how}`);
  } else {
    await checks.part('the chart', () => tryChart(tools, directory, checks));
  }
  checks.notTried('installing the chart', 'that needs a Kubernetes');
  if (await hasSystemd()) await checks.part('the systemd unit', () => tryUnit(directory, checks));
  else checks.notTried('the systemd unit', 'systemd-analyze is not installed');
  checks.notTried('running the systemd unit', 'that needs a machine that systemd has started');
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = checks.close();
