import { Button } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import { replicationInWords } from '@/lib/cluster/replication-words';
import type { RolesResponse } from '@/lib/contract/roles';
import { alterReplication, authShortfall, type Factors, usualFactors } from '@/lib/ring/usual-replication';
import { type OnAct, review } from './acts';

interface RoleNoticesProps {
  data: RolesResponse;
  /** Null: whoever looks may change no roles. */
  onAct: OnAct | null;
}

/** What is off, what may not be read, and what makes logins fail. */
export function RoleNotices({ data, onAct }: RoleNoticesProps) {
  return (
    <>
      {data.logins === 'off' && (
        <Notice tone="warn" title="This cluster has no logins, so no role is checked">
          <p>
            Its authenticator is AllowAllAuthenticator: whoever reaches a node may read and change all data. To use
            roles, set authenticator to PasswordAuthenticator and authorizer to CassandraAuthorizer in cassandra.yaml on
            every node, and restart the nodes one by one.
          </p>
        </Notice>
      )}
      {data.permissions === 'off' && (
        <Notice tone="warn" title="Permissions are not checked">
          <p>
            The authorizer is AllowAllAuthorizer: every role that logs in may do everything. To use permissions, set
            authorizer to CassandraAuthorizer in cassandra.yaml on every node.
          </p>
        </Notice>
      )}
      <Missing data={data} />
      {data.auth !== null && <AuthReplication auth={data.auth} isOff={data.logins === 'off'} onAct={onAct} />}
    </>
  );
}

function Missing({ data: { missing } }: { data: RolesResponse }) {
  if (missing.length === 0) return null;
  return (
    <Notice tone="warn" title="Some of this could not be read">
      <ul className="flex flex-col gap-1.5">
        {missing.map(({ what, why, grant }) => (
          <li key={what}>
            <span className="font-medium">{what}</span>: <Shown text={why} as="text" />
            {grant !== null && (
              <p className="flex flex-wrap items-center gap-1">
                A superuser can permit it: <code className="font-mono text-xs">{grant}</code>
                <CopyButton text={grant} label={`Copy ${grant}`} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface AuthReplicationProps {
  auth: NonNullable<RolesResponse['auth']>;
  isOff: boolean;
  /** Null: whoever looks may change no roles. */
  onAct: OnAct | null;
}

function AuthReplication({ auth: { replication, datacenters }, isOff, onAct }: AuthReplicationProps) {
  const nodes: Factors = new Map(datacenters.map((one) => [one.name, one.nodes]));
  const found = authShortfall(replication, nodes);
  if (found === null) return null;
  const statement = alterReplication('system_auth', usualFactors(nodes));
  return (
    <Notice
      tone="warn"
      title={`Roles and passwords (system_auth) have too few replicas${found.short.length > 0 ? ` in ${found.short.join(', ')}` : ''}`}
    >
      <p className="text-muted">
        Now: {replicationInWords(replication)} While the nodes that hold a role are down, nobody can log in with it
        {isOff ? ': change this before you turn logins on' : ''}. Three replicas in each datacenter, or one for each
        node of a smaller one, are usual.
      </p>
      <div className="mt-2 flex flex-col gap-2">
        <CommandBlock title="Change it" copy="Copy the statement">
          {statement}
        </CommandBlock>
        <CommandBlock title="Then, on every node" copy="Copy the command">
          nodetool repair -full system_auth
        </CommandBlock>
        {onAct !== null && (
          <Button
            size="sm"
            className="self-start"
            onClick={() =>
              onAct(
                review(
                  [statement],
                  ['Until the repair has run, new replicas have no roles: logins that ask them fail.'],
                ),
              )
            }
          >
            Review the statement…
          </Button>
        )}
      </div>
    </Notice>
  );
}
