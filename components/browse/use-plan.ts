import { useEffect, useMemo, useState } from 'react';
import type { BrowseAddress } from '@/lib/browse/address';
import type { ViewPlan } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { TableShape } from '@/lib/cql/schema-lookup';

type Planner = typeof import('@/lib/browse/planner');

export interface ViewPlans {
  readonly shape: TableShape | undefined;
  readonly plan: (address: BrowseAddress) => ViewPlan | undefined;
}

/**
 * Plans views of a table. A plan is undefined until the schema is known and the planner's code is loaded; the rows of a
 * plain view do not wait for either.
 */
export function usePlan({ cluster, keyspace, table }: TablePlace, schema: SchemaResponse | undefined): ViewPlans {
  const planner = usePlanner();
  return useMemo(() => {
    const place = { cluster, keyspace, table };
    const shape = schema && planner?.shapeOf(schema, place);
    return { shape, plan: (address) => shape && planner?.planView(place, shape, address) };
  }, [planner, schema, cluster, keyspace, table]);
}

function usePlanner(): Planner | undefined {
  const [planner, setPlanner] = useState<Planner>();
  useEffect(() => {
    const fail = (error: unknown) =>
      setPlanner(() => {
        // Thrown while rendering, so that the page's error view shows it and offers a retry.
        throw error;
      });
    import('@/lib/browse/planner').then(setPlanner, fail);
  }, []);
  return planner;
}
