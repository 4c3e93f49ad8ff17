import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { Tip } from '@/components/ui/tip';
import { pagePath } from '@/lib/client/paths';

/** The names are an example; a link runs nothing. */
const FIRST_TABLE = `CREATE TABLE my_table (
  owner text,
  added timestamp,
  note text,
  PRIMARY KEY ((owner), added)
);`;

/** A keyspace without tables: how to create the first one. */
export default function NoTables({ cluster, keyspace }: { cluster: string; keyspace: string }) {
  return (
    <Panel title="Tables">
      <EmptyState
        title="No tables yet"
        action={
          <LinkButton href={pagePath.query(cluster, { keyspace, statement: FIRST_TABLE })}>
            Write a CREATE TABLE
          </LinkButton>
        }
      >
        <p>Start from an example: Query opens it and runs nothing.</p>
        <div className="mt-3">
          <Tip name="primary-key">
            In PRIMARY KEY ((owner), added), the inner parentheses hold the partition key, which decides which nodes
            store a row. The columns after it order the rows of one partition. Choose both by the question the table
            answers.
          </Tip>
        </div>
      </EmptyState>
    </Panel>
  );
}
