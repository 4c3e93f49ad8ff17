import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sizesQuery } from '@/lib/client/queries';
import { membersOf } from '@/lib/cluster/what-if';
import type { Question } from '@/lib/cluster/what-if-address';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { TopologyResponse } from '@/lib/contract/topology';
import { NodeBoard } from './node-board';
import { ReplicationBoard } from './replication-board';
import { useSteadyRing } from './use-what-if';

type ChangeBoardsProps = {
  cluster: string;
  question: Question;
  topology: TopologyResponse;
  schema: SchemaResponse;
};

/** The questions about a change that somebody plans. */
export function ChangeBoards({ cluster, question, topology, schema }: ChangeBoardsProps) {
  const { data: sizes } = useQuery(sizesQuery(cluster));
  const ring = useSteadyRing(topology.nodes);
  const members = useMemo(() => membersOf(ring, topology.partitioner) ?? [], [ring, topology.partitioner]);
  const board = { topology, members, keyspaces: schema.keyspaces, sizes };
  return question === 'replication' ? <ReplicationBoard {...board} /> : <NodeBoard {...board} />;
}
