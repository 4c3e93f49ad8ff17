import * as z from 'zod/mini';

/** What one node noted while it worked on a request: a row of `system_traces.events`. */
const traceEventSchema = z.object({
  activity: z.string(),
  /** Address of the node that noted it, without a port. */
  source: z.string(),
  thread: z.nullable(z.string()),
  /** Microseconds since this node began to work on the request, or on the message that brought it here. */
  elapsedMicros: z.nullable(z.int()),
  /** By the node's own clock, microseconds since 1970; Cassandra takes it in whole milliseconds. */
  atMicros: z.nullable(z.int()),
});
export type TraceEvent = z.infer<typeof traceEventSchema>;

/** A request's trace, as far as the nodes have written it: a row of `system_traces.sessions` and its events. */
export const traceSchema = z.object({
  id: z.string(),
  coordinator: z.nullable(z.string()),
  /** Address of the client, without a port. */
  client: z.nullable(z.string()),
  /** By the coordinator's clock. */
  startedAt: z.nullable(z.string()),
  /** What was requested: `Execute CQL3 query`. */
  request: z.nullable(z.string()),
  /** Statement, consistency level, page size and bound values, by Cassandra's names. */
  parameters: z.record(z.string(), z.string()),
  /** Null until the coordinator has written it. */
  durationMicros: z.nullable(z.int()),
  /** In the order of the nodes' clocks. */
  events: z.array(traceEventSchema),
  /** Why events may be missing: the trace was not written in time. */
  gap: z.optional(z.string()),
});
export type Trace = z.infer<typeof traceSchema>;
