import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { readSchema } from '@/lib/cassandra/schema/schema';
import type { Asker } from '@/lib/contract/asker';
import type { OwnRightsRequest, PersonRightsRequest, RightsAnswer } from '@/lib/contract/rights-answer';
import { Failure, invalidRequest } from '@/lib/failure';
import { explainRights, rulesOn } from '@/lib/rights/explained';
import { lackOf, need } from '@/lib/rights/needs';
import { reachOf } from '@/lib/rights/reach';
import { EVERY_CLUSTER, type PersonRights } from '@/lib/rights/rules';
import { rightsOfAsker } from '@/lib/server-rights';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';

interface Asked {
  readonly cluster: Cluster;
  /** Of whoever asks; null: everything, because nobody signs in. */
  readonly rights: PersonRights | null;
}

/**
 * What a person may do on a cluster, in a keyspace or with a table.
 * @param of the person's rights
 * @throws Failure `invalid_request` for a table without its keyspace; why the schema cannot be read, where a view may stand
 *   for another table
 */
async function rightsAnswer(
  { cluster, rights }: Asked,
  { keyspace, table }: OwnRightsRequest,
  person: Asker | undefined,
  of: PersonRights | null,
): Promise<RightsAnswer> {
  if (table !== undefined && keyspace === undefined) {
    throw invalidRequest('The request names a table without its keyspace.', 'Choose its keyspace too.');
  }
  const schema = table === undefined || of === null ? null : await readSchema(cluster);
  return {
    person: person === undefined ? null : { ...person, groups: [...person.groups] },
    verbs: explainRights(of, { cluster: cluster.name, keyspace, table }, schema),
    rules: of === null ? [] : rulesOn(of, cluster.name),
    isReadOnly: cluster.readOnly,
    mayAskOfOthers: rights !== null && lackOf(rights, [need('admin', { cluster: EVERY_CLUSTER })]) === null,
  };
}

/** What whoever asks may do. @throws as {@link rightsAnswer} */
export function ownRightsAnswer(
  asked: Asked,
  place: OwnRightsRequest,
  asker: Asker | undefined,
): Promise<RightsAnswer> {
  return rightsAnswer(asked, place, asker, asked.rights);
}

/** What somebody else may do. @throws as {@link rightsAnswer}; Failure `not_found` when there is no such local user */
export async function personRightsAnswer(
  asked: Asked,
  { name, way, groups, ...place }: PersonRightsRequest,
): Promise<RightsAnswer> {
  const person: Asker = {
    ...{ name, way, groups: groups ?? (way === 'local' ? await localGroups(name) : []) },
    ...(way === 'cassandra' ? { cluster: asked.cluster.name } : {}),
  };
  // Whoever asks wants to know of Ringside’s roles; what a role may do in Cassandra has a page of its own.
  return rightsAnswer(asked, place, person, rightsOfAsker(person, reachOf(null)));
}

async function localGroups(name: string): Promise<readonly string[]> {
  const users = serverSignIn()?.users;
  await users?.refresh();
  const groups = users?.groupsOf(name);
  if (groups !== undefined) return groups;
  throw new Failure({
    code: 'not_found',
    message: `There is no local user ${name}.`,
    hint: 'Check the name, or name the groups.',
    retryable: false,
  });
}
