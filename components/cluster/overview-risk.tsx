import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { schemaQuery } from '@/lib/client/queries';
import { topologyQuery } from '@/lib/client/topology-query';
import { riskLines } from '@/lib/cluster/risk-lines';
import { RiskLines } from './risk-lines';

/** Which consistency levels still work for the data in this cluster. */
export function OverviewRisk({ cluster }: { cluster: string }) {
  const { data: topology } = useQuery(topologyQuery(cluster));
  const { data: schema } = useQuery(schemaQuery(cluster));
  const lines = useMemo(
    () => (topology === undefined || schema === undefined ? undefined : riskLines(topology, schema.keyspaces)),
    [topology, schema],
  );
  return <RiskLines lines={lines} />;
}
