import type { TraceEvent } from '@/lib/contract/traces';

/**
 * The messages between nodes that a trace names. Cassandra 4.0 to 5.0 write `Sending READ_REQ message to /10.0.0.1:7000
 * message size 120 bytes` (Tracing.traceOutgoingMessage) and `READ_REQ message received from /10.0.0.1:7000`
 * (InboundMessageHandler); an address may have its host name before the slash.
 */

export interface Message {
  readonly way: 'sent' | 'received';
  /** Cassandra's name of it: `READ_REQ`, `MUTATION_RSP`. */
  readonly verb: string;
  /** Address of the other node, without host name and port. */
  readonly node: string;
  /** Of a sent message. */
  readonly bytes: number | null;
}

const SENT = /^Sending (\w+) message to (\S+?)(?: message size (\d+) bytes)?$/;
const RECEIVED = /^(\w+) message received from (\S+)$/;

/** The message that an event is about; null where it is about none. */
export function messageOf({ activity }: Pick<TraceEvent, 'activity'>): Message | null {
  const [, sent, to, bytes] = SENT.exec(activity) ?? [];
  if (sent !== undefined && to !== undefined) {
    return { way: 'sent', verb: sent, node: nodeOf(to), bytes: bytes === undefined ? null : Number(bytes) };
  }
  const [, received, from] = RECEIVED.exec(activity) ?? [];
  if (received === undefined || from === undefined) return null;
  return { way: 'received', verb: received, node: nodeOf(from), bytes: null };
}

/** `host/10.0.0.1:7000`, `/[::1]:7000`, `/10.0.0.1` → the address as in an event's source. */
export function nodeOf(address: string): string {
  const host = address.slice(address.indexOf('/') + 1);
  const bracketed = /^\[(.+)\](?::\d+)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return bracketed;
  return host.split(':').length === 2 ? host.replace(/:\d+$/, '') : host;
}

/** A response carries no trace of the work that it ends, so only requests are expected to leave events where they go. */
const isRequest = ({ verb }: Message) => !verb.endsWith('_RSP') && verb !== 'REQUEST_RESPONSE' && verb !== 'HINT';

/** Nodes that were sent a request, and of which the trace has no event. */
export function unheardNodes(events: readonly TraceEvent[]): string[] {
  const heard = new Set(events.map(({ source }) => source));
  const asked = events.flatMap((event) => {
    const message = messageOf(event);
    return message?.way === 'sent' && isRequest(message) ? [message.node] : [];
  });
  return [...new Set(asked)].filter((node) => !heard.has(node));
}

/** What a node notes when it reads its own data (`SinglePartitionReadCommand`), from disk or from its row cache. */
const READS_ITS_OWN = ['Executing single-partition query on ', 'Row cache hit'];

/** The nodes that read their own data of one partition, according to the trace. */
export function nodesThatRead(events: readonly TraceEvent[]): string[] {
  return [
    ...new Set(
      events.flatMap(({ activity, source }) =>
        READS_ITS_OWN.some((text) => activity.startsWith(text)) ? [source] : [],
      ),
    ),
  ];
}
