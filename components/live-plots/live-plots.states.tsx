import type { SharedPart } from '@/components/ui/states';
import type { ClusterEvent } from '@/lib/contract/events';
import type { LiveResponse } from '@/lib/contract/live';
import { USUAL_VIEW } from '@/lib/live/live-address';
import { ShownPlots } from './live-plots';

export const FROM_MS = Date.UTC(2026, 10, 29, 9, 0);
const NODES = ['10.0.0.1:9042', '10.0.0.2:9042'] as const;
const SLOTS = 90;

const slots = (valueAt: (at: number) => number | null) => Array.from({ length: SLOTS }, (_, at) => valueAt(at));
/** The second node is down for a while. */
const downAt = (at: number) => at >= 40 && at < 55;
const wave = (node: number, top: number) => (at: number) =>
  node === 1 && downAt(at) ? null : Math.round(top * (1 + node + Math.sin(at / 9)));

export const MOVED: LiveResponse = {
  asOf: new Date(FROM_MS + (SLOTS - 1) * 10_000).toISOString(),
  everyMs: 10_000,
  statementsPerMinute: 69,
  nodes: [...NODES],
  pools: ['ReadStage'],
  sources: ['coordinator_read_latency', 'coordinator_write_latency', 'thread_pools'].map((source) => ({
    source,
    shown: `system_views.${source}`,
    everyMs: 10_000,
  })),
  gaps: [{ source: '', nodes: [NODES[1]], why: '10.0.0.2:9042 did not answer within 3 s.' }],
  times: slots((at) => FROM_MS + at * 10_000).map(Number),
  lines: NODES.flatMap((node, index) => [
    { series: 'reads', node, values: slots(wave(index, 200)) },
    { series: 'readP99', node, values: slots(wave(index, 6)) },
    { series: 'writes', node, values: slots(wave(index, 80)) },
    { series: 'pending', node, values: slots((at) => (index === 1 && downAt(at) ? null : at % 7 === 0 ? 3 : 0)) },
  ]),
};

const PLAIN = {
  since: null,
  node: NODES[1],
  source: 'Ringside’s connections',
  fields: [],
  changes: [],
  moreChanges: 0,
};
export const HAPPENED: readonly ClusterEvent[] = [
  { ...PLAIN, id: '3', kind: 'node_restarted', at: new Date(FROM_MS + 551_000).toISOString() },
  { ...PLAIN, id: '2', kind: 'node_up', at: new Date(FROM_MS + 550_000).toISOString() },
  { ...PLAIN, id: '1', kind: 'node_down', at: new Date(FROM_MS + 400_000).toISOString() },
];

const plotsOf = (data: LiveResponse, asTable = false) => (
  <ShownPlots cluster="demo" data={data} events={HAPPENED} view={{ ...USUAL_VIEW, asTable }} isOfTable={false} />
);

export const liveStates: SharedPart = {
  name: 'live-plots',
  states: {
    moving: {
      draw: () => plotsOf(MOVED),
      shows: [
        ['slider', 'Reads coordinated, /s'],
        ['list', 'Events within this span'],
      ],
    },
    'as numbers': { draw: () => plotsOf(MOVED, true), shows: [['table', 'Reads coordinated']] },
    'just begun': { draw: () => plotsOf({ ...MOVED, times: [], lines: [], gaps: [] }), shows: [] },
  },
};
