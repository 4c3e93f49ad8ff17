import { quoteIdentifier } from '@/lib/cql/identifiers';

/** What gives a role the right that it lacked. @param role as Cassandra names it; null: it does not */
export function grantSelect(keyspace: string, role: string | null): string {
  return `GRANT SELECT ON KEYSPACE ${keyspace} TO ${role === null ? 'role' : quoteIdentifier(role)}`;
}
