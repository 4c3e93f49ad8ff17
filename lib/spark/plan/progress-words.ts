import type { SparkProgress } from '@/lib/contract/spark-progress';
import { formatCount, plural } from '@/lib/text/format';

/** How far an application is, in parts for one line. Only a row count that was read back is called that. */
export function sparkFacts({ stage, tasks, tasksDone, tasksFailed, ...rows }: SparkProgress): string[] {
  const { rowsObserved, rowsReadBack, rowsFailed } = rows;
  const counted = (count: number | null, what: string) => (count === null ? [] : [`${formatCount(count)} ${what}`]);
  return [
    ...(stage === null
      ? []
      : [tasks === 0 ? stage : `${stage}: ${formatCount(tasksDone)} of ${formatCount(tasks)} tasks`]),
    ...(tasksFailed === 0 ? [] : [plural(tasksFailed, 'failed task')]),
    ...counted(rowsObserved, 'rows observed'),
    ...counted(rowsReadBack, 'read back'),
    ...(rowsFailed === 0 ? [] : counted(rowsFailed, 'did not fit')),
  ];
}
