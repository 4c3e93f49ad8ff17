import type { SharedPart } from '@/components/ui/states';
import { RiskLines } from './risk-lines';

const ALL_WELL = { keyspaces: ['flights'], tone: 'ok', text: 'QUORUM and ALL work: all nodes are up.' } as const;
const ONE_DOWN = {
  keyspaces: ['flights', 'nature'],
  tone: 'warn',
  text: 'QUORUM works, ALL fails: rack2 (127.0.0.2:9042) is down.',
} as const;
const LOST = {
  keyspaces: ['logs'],
  tone: 'danger',
  text: 'ONE, QUORUM and ALL fail: rack2 (127.0.0.2:9042) is down. No replica is up for 33.3 % of the ring.',
} as const;
const UNKNOWN = {
  keyspaces: ['flights'],
  tone: 'neutral',
  text: 'QUORUM works, ALL is uncertain: rack2 (127.0.0.2:9042) is unknown.',
} as const;

const section = ['region', 'Consistency levels'] as const;

export const riskStates: SharedPart = {
  name: 'risk-lines',
  states: {
    'not read yet': { draw: () => <RiskLines lines={undefined} />, shows: [section] },
    'all up': { draw: () => <RiskLines lines={[ALL_WELL]} />, shows: [section, ['listitem']] },
    'a node is down': { draw: () => <RiskLines lines={[ONE_DOWN]} />, shows: [section, ['listitem']] },
    'keyspaces differ': { draw: () => <RiskLines lines={[LOST, ONE_DOWN]} />, shows: [section, ['list']] },
    'a node is unknown': { draw: () => <RiskLines lines={[UNKNOWN]} />, shows: [section, ['listitem']] },
    'no keyspaces': { draw: () => <RiskLines lines={[]} />, shows: [] },
  },
};
