import type { Trace } from '@/lib/contract/traces';
import { clockSuspicions } from './clocks';
import { factLines, factsOf } from './facts';
import { TRACE_GROUPS } from './groups';
import { lanesOf } from './lanes';
import { clockText, formatMicros } from './micros';

/** A trace as plain text: its facts, then each node's events by its own elapsed time. */
export function traceText(trace: Trace, returnedRows: number | null): string {
  const lanes = lanesOf(trace);
  const facts = factsOf(trace, lanes);
  const head = [
    `Trace ${trace.id}${trace.startedAt === null ? '' : `, ${trace.startedAt}`}`,
    ...(facts.statement === null ? [] : [facts.statement]),
    ...(trace.gap === undefined ? [] : [trace.gap]),
    ...factLines(facts, returnedRows).map(([name, value]) => `${name}: ${value}`),
    ...clockSuspicions(trace.events).map(suspicionWords),
  ];
  const nodes = lanes.flatMap(({ node, isCoordinator, events }) => [
    '',
    `${node}${isCoordinator ? ' (coordinator)' : ''}`,
    ...events.map(({ offsetMicros, atMicros, group, activity }) =>
      [
        (offsetMicros === null ? '?' : formatMicros(offsetMicros)).padStart(10),
        atMicros === null ? '' : clockText(atMicros),
        TRACE_GROUPS[group],
        activity,
      ].join('  '),
    ),
  ]);
  return `${[...head, ...nodes].join('\n')}\n`;
}

/** What is suspected, and that nothing was changed because of it. */
export function suspicionWords({
  sender,
  receiver,
  verb,
  leastMicros,
}: ReturnType<typeof clockSuspicions>[number]): string {
  const least = leastMicros === 0 ? '' : ` at least ${formatMicros(leastMicros)}`;
  return `The clocks of ${sender} and ${receiver} seem to differ: ${receiver} noted ${verb}${least} before ${sender} sent it. Times are shown as the nodes wrote them.`;
}
