import { ignore, type SharedPart } from '@/components/ui/states';
import { type Trace, traceSchema } from '@/lib/contract/traces';
import conditional from '@/lib/trace/fixtures/5.0.9-insert-conditional.json';
import one from '@/lib/trace/fixtures/5.0.9-select-one.json';
import quorum from '@/lib/trace/fixtures/5.0.9-select-quorum.json';
import slowed from '@/lib/trace/fixtures/5.0.9-slowed.json';
import { ComparedTraces } from './compare-traces';
import { TraceView } from './trace-view';

const [SLOWED, CONDITIONAL, ONE, QUORUM] = [slowed, conditional, one, quorum].map((trace) => traceSchema.parse(trace));

/** A trace as recorded, or changed. */
export function slowedTrace(change: Partial<Trace> = {}): Trace {
  return { ...traceSchema.parse(slowed), ...change };
}

/** The clock of the node that was paused, set back by a second. */
const SKEWED = slowedTrace({
  events: slowedTrace().events.map((event) =>
    event.source === '127.0.45.3' ? { ...event, atMicros: (event.atMicros ?? 0) - 1_000_000 } : event,
  ),
});

const view = (trace: Trace | undefined) =>
  trace === undefined ? null : (
    <TraceView cluster="demo" trace={trace} returnedRows={1} onReload={ignore} isReloading={false} />
  );

export const traceStates: SharedPart = {
  name: 'trace',
  states: {
    'a node was slow': {
      draw: () => view(SLOWED),
      shows: [
        ['region', 'Facts of the trace'],
        ['region', 'Waterfall'],
        ['region', 'Node 127.0.45.3'],
        ['button', 'Download the trace as JSON'],
      ],
    },
    'a conditional write': { draw: () => view(CONDITIONAL), shows: [['region', 'Waterfall']] },
    'not complete yet': {
      draw: () =>
        view(
          slowedTrace({
            durationMicros: null,
            gap: 'Not complete yet: nothing from 10.0.0.9, which was sent a message.',
          }),
        ),
      shows: [['note'], ['button', 'Read it again']],
    },
    'clocks differ': { draw: () => view(SKEWED), shows: [['note']] },
    'no events': { draw: () => view(slowedTrace({ events: [] })), shows: [['region', 'Waterfall']] },
    'two side by side': {
      draw: () =>
        ONE === undefined || QUORUM === undefined ? null : (
          <ComparedTraces earlier={{ trace: ONE, returnedRows: 4 }} present={{ trace: QUORUM, returnedRows: 4 }} />
        ),
      shows: [['status'], ['table', 'Facts of both traces'], ['table', 'Events of both traces by group']],
    },
  },
};
