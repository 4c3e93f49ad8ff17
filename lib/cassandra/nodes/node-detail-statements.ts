import type { NodeSectionName } from '@/lib/contract/nodes';

interface SectionStatement {
  readonly statement: string;
  /** The columns to show, in order; those that a release lacks are left out. */
  readonly columns: readonly string[];
  /** The first release that has the table. */
  readonly since: string;
  /** By this column: the newest, or what runs longest. */
  readonly greatestFirst?: string;
  /** Holds statements of others, with their values. */
  readonly masked?: string;
}

/** The virtual tables of one node, as Cassandra 4.0 to 5.0 have them. Read whole: a column may be missing in a release. */
export const SECTION_STATEMENTS: { readonly [name in NodeSectionName]: SectionStatement } = {
  pools: {
    statement: 'SELECT * FROM system_views.thread_pools',
    columns: [
      'name',
      'active_tasks',
      'active_tasks_limit',
      'pending_tasks',
      'blocked_tasks',
      'blocked_tasks_all_time',
      'completed_tasks',
    ],
    since: '4.0',
  },
  tasks: {
    statement: 'SELECT * FROM system_views.sstable_tasks',
    columns: ['keyspace_name', 'table_name', 'kind', 'progress', 'total', 'unit', 'completion_ratio', 'task_id'],
    since: '4.0',
  },
  streams: {
    statement: 'SELECT * FROM system_views.streaming',
    columns: [
      'operation',
      'status',
      'peers',
      'bytes_received',
      'bytes_to_receive',
      'bytes_sent',
      'bytes_to_send',
      'files_received',
      'files_to_receive',
      'files_sent',
      'files_to_send',
      'progress_percentage',
      'last_updated_at',
      'failure_cause',
    ],
    since: '4.1',
  },
  hints: {
    statement: 'SELECT * FROM system_views.pending_hints',
    columns: ['address', 'host_id', 'dc', 'rack', 'status', 'files', 'oldest', 'newest'],
    since: '4.1',
  },
  caches: {
    statement: 'SELECT * FROM system_views.caches',
    columns: [
      'name',
      'capacity_bytes',
      'size_bytes',
      'entry_count',
      'hit_ratio',
      'hit_count',
      'request_count',
      'recent_request_rate_per_second',
    ],
    since: '4.0',
  },
  clients: {
    statement: 'SELECT * FROM system_views.clients',
    columns: [
      'username',
      'address',
      'port',
      'driver_name',
      'driver_version',
      'protocol_version',
      'ssl_enabled',
      'ssl_protocol',
      'keyspace_name',
      'connection_stage',
      'request_count',
    ],
    since: '4.0',
  },
  queries: {
    statement: 'SELECT * FROM system_views.queries',
    columns: ['running_micros', 'queued_micros', 'task', 'thread_id'],
    since: '4.1',
    greatestFirst: 'running_micros',
    masked: 'task',
  },
  logs: {
    statement: 'SELECT * FROM system_views.system_logs LIMIT 500',
    columns: ['timestamp', 'level', 'logger', 'message'],
    since: '5.0',
    greatestFirst: 'timestamp',
  },
  repairs: {
    statement: 'SELECT * FROM system_views.repairs',
    columns: [
      'id',
      'keyspace_name',
      'table_names',
      'type',
      'status',
      'completed',
      'last_updated_at',
      'success_message',
      'failure_cause',
    ],
    since: '4.1',
    greatestFirst: 'last_updated_at',
  },
  repairSessions: {
    statement: 'SELECT * FROM system_views.repair_sessions',
    columns: [
      'id',
      'repair_id',
      'keyspace_name',
      'table_names',
      'status',
      'completed',
      'last_updated_at',
      'failure_cause',
    ],
    since: '4.1',
    greatestFirst: 'last_updated_at',
  },
  incrementalRepairs: {
    statement: 'SELECT * FROM system.repairs',
    columns: ['parent_id', 'state', 'coordinator', 'participants', 'started_at', 'last_update', 'repaired_at'],
    since: '4.0',
    greatestFirst: 'last_update',
  },
  snapshots: {
    statement: 'SELECT * FROM system_views.snapshots',
    columns: [
      'name',
      'keyspace_name',
      'table_name',
      'true_size',
      'size_on_disk',
      'created_at',
      'expires_at',
      'ephemeral',
    ],
    since: '5.0',
    greatestFirst: 'created_at',
  },
};
