import type { TraceEvent } from '@/lib/contract/traces';
import { type Message, messageOf } from './messages';

/** Two nodes whose clocks cannot both be right: one noted a message before the other had sent it. */
export interface ClockSuspicion {
  readonly sender: string;
  readonly receiver: string;
  readonly verb: string;
  /** How far the clocks are apart at least; the time that the message took comes on top. */
  readonly leastMicros: number;
}

const MILLISECOND = 1_000;

interface Noted extends Message {
  readonly source: string;
  readonly atMicros: number;
}

/**
 * Messages that arrived, by the receiver's clock, before they were sent by the sender's. Event times are whole milliseconds
 * with a counter in the last digits, so only a difference of whole milliseconds counts. The largest of each pair of nodes.
 * A difference that is smaller than the time of a message is not found. What a node noted after the request had ended has
 * no elapsed time, and its time is of when it was written down, later than it happened: it proves nothing.
 */
export function clockSuspicions(events: readonly TraceEvent[]): readonly ClockSuspicion[] {
  const noted = events.flatMap((event): Noted[] => {
    const message = messageOf(event);
    return message === null || event.atMicros === null || event.elapsedMicros === null
      ? []
      : [{ ...message, source: event.source, atMicros: event.atMicros }];
  });
  const worst = new Map<string, ClockSuspicion>();
  for (const { sent, received } of pairsOf(noted)) {
    const leastMicros = (wholeMs(sent.atMicros) - wholeMs(received.atMicros) - 1) * MILLISECOND;
    if (wholeMs(received.atMicros) >= wholeMs(sent.atMicros)) continue;
    const pair = `${sent.source} ${received.source}`;
    if ((worst.get(pair)?.leastMicros ?? -1) >= leastMicros) continue;
    worst.set(pair, { sender: sent.source, receiver: received.source, verb: sent.verb, leastMicros });
  }
  return [...worst.values()];
}

const wholeMs = (micros: number) => Math.floor(micros / MILLISECOND);

/** Each message as it was sent and as it arrived: the first of a kind between two nodes is the first to arrive. */
function pairsOf(noted: readonly Noted[]): readonly { readonly sent: Noted; readonly received: Noted }[] {
  const waiting = new Map<string, Noted[]>();
  const keyOf = ({ verb }: Noted, from: string, to: string) => `${verb} ${from} ${to}`;
  for (const one of noted) {
    if (one.way !== 'received') continue;
    const key = keyOf(one, one.node, one.source);
    waiting.set(key, [...(waiting.get(key) ?? []), one]);
  }
  return noted.flatMap((sent) => {
    if (sent.way !== 'sent') return [];
    const received = waiting.get(keyOf(sent, sent.source, sent.node))?.shift();
    return received === undefined ? [] : [{ sent, received }];
  });
}
