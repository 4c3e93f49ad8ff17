import { ignore, type SharedPart } from '@/components/ui/states';
import { ApiFailure } from '@/lib/client/http';
import type { ConnectTestResponse } from '@/lib/contract/connect';
import { TestPanel } from './test-panel';

const WORKS: ConnectTestResponse = {
  ok: true,
  steps: [
    { step: 'dns', status: 'ok', message: 'It is an address.', elapsedMs: 0 },
    { step: 'tcp', status: 'ok', message: '10.0.0.1:9042 answers.', elapsedMs: 2 },
    { step: 'tls', status: 'skipped', message: 'TLS is off.', elapsedMs: 0 },
    { step: 'login', status: 'ok', message: 'Logged in as cassandra.', elapsedMs: 31 },
    { step: 'datacenter', status: 'ok', message: 'dc1', elapsedMs: 4 },
  ],
  release: '5.0.9',
  clusterName: 'flights',
  datacenters: ['dc1'],
};
const REFUSED: ConnectTestResponse = {
  ...WORKS,
  ok: false,
  steps: [
    { step: 'dns', status: 'ok', message: 'It is an address.', elapsedMs: 0 },
    {
      step: 'tcp',
      status: 'failed',
      message: 'The port is closed.',
      hint: 'Check the port: 9042 is the default.',
      elapsedMs: 1,
    },
    { step: 'tls', status: 'skipped', message: 'Not reached.', elapsedMs: 0 },
    { step: 'login', status: 'skipped', message: 'Not reached.', elapsedMs: 0 },
    { step: 'datacenter', status: 'skipped', message: 'Not reached.', elapsedMs: 0 },
  ],
};
const NO_WAY: ConnectTestResponse = {
  ...REFUSED,
  steps: [
    {
      step: 'ssh',
      status: 'failed',
      message: 'The key of the SSH host bastion:22 is not known, so nothing was sent to it.',
      hint: 'Add its key, checked, to the file of known hosts.',
      elapsedMs: 40,
    },
  ],
};
const LOST = new ApiFailure({ code: 'internal_error', message: 'Ringside does not answer.', retryable: true }, 0);

const BASE = { testing: false, error: null, result: undefined, stale: false, onRetry: ignore };
const panel = ['region', 'Test'] as const;

export const testPanelStates: SharedPart = {
  name: 'connection-test',
  place: 'max-w-md',
  states: {
    'not run': { draw: () => <TestPanel {...BASE} />, shows: [panel, ['list']] },
    testing: { draw: () => <TestPanel {...BASE} testing />, shows: [panel, ['list']] },
    works: { draw: () => <TestPanel {...BASE} result={WORKS} />, shows: [panel, ['note']] },
    'no way through the SSH host': {
      draw: () => <TestPanel {...BASE} result={NO_WAY} />,
      shows: [panel, ['img', 'failed']],
    },
    'a step fails': { draw: () => <TestPanel {...BASE} result={REFUSED} stale />, shows: [panel, ['img', 'failed']] },
    'could not be run': {
      draw: () => <TestPanel {...BASE} error={LOST} />,
      shows: [panel, ['alert'], ['button', 'Try again']],
    },
  },
};
