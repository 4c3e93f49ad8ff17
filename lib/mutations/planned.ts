import type { MutationOptions } from '@/lib/contract/mutations';
import type { EditPlan } from '@/lib/edit/plan';
import type { ReadChange } from '@/lib/edit/units';
import type { ChangedTable } from './table';

/** A plan as the server keeps it: what was shown is what runs. */
export interface Planned {
  readonly cluster: string;
  readonly table: ChangedTable;
  readonly options: MutationOptions;
  readonly plan: EditPlan;
  readonly changes: readonly ReadChange[];
  readonly confirmName: string | null;
}
