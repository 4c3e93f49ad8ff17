import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure';
import { refusalOf } from './node-refusal';

const failed = (code: 'unauthorized' | 'invalid_statement' | 'overloaded', detail?: string) =>
  new Failure({ code, message: 'It failed.', retryable: false, ...(detail === undefined ? {} : { detail }) });

describe('why a section of a node has no new rows', () => {
  it('is nothing when the node answered', () => {
    expect(refusalOf(null, 'clients', '5.0.9')).toEqual({ outcome: 'rows', why: null, grant: null });
  });

  it('offers the GRANT to the role that Cassandra names, quoted where it must be', () => {
    const detail = (role: string) =>
      `User ${role} has no SELECT permission on <table system_views.clients> or any of its parents`;
    expect(refusalOf(failed('unauthorized', detail('reader')), 'clients', '5.0.9')).toEqual({
      outcome: 'not_permitted',
      why: 'It failed.',
      grant: 'GRANT SELECT ON KEYSPACE system_views TO reader',
    });
    const { grant } = refusalOf(failed('unauthorized', detail('Ops Team')), 'incrementalRepairs', '5.0.9');
    expect(grant).toBe('GRANT SELECT ON KEYSPACE system TO "Ops Team"');
  });

  it('leaves the role open when Cassandra does not name it', () => {
    expect(refusalOf(failed('unauthorized'), 'clients', '5.0.9').grant).toBe(
      'GRANT SELECT ON KEYSPACE system_views TO role',
    );
  });

  it('names the release that has the table', () => {
    expect(refusalOf(failed('invalid_statement'), 'snapshots', '4.1.10')).toEqual({
      outcome: 'no_such_table',
      why: 'Cassandra 4.1.10 has no system_views.snapshots, since 5.0.',
      grant: null,
    });
  });

  it('is the silence of the node otherwise', () => {
    expect(refusalOf(failed('overloaded'), 'pools', '5.0.9')).toEqual({
      outcome: 'no_answer',
      why: 'It failed.',
      grant: null,
    });
  });
});
