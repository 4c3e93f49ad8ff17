'use client';

import { lazy, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Later } from '@/components/ui/later';
import { PAGE_BODY } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { useClusterLacks } from '@/lib/client/use-lacks';
import { ExportForm } from './form/export-form';
import { type ExportChoices, exportName, exportRequest } from './form/export-request';
import { useKeptView } from './transfers/use-kept-view';
import { useStart } from './use-start';

/** The form is what one comes for; the list follows it. */
const Transfers = lazy(() => import('./transfers/transfers').then((list) => ({ default: list.Transfers })));

const Schedules = lazy(() => import('./schedules/schedules').then((list) => ({ default: list.Schedules })));
const RepeatDialog = lazy(() =>
  import('@/components/repeat/repeat-dialog').then((own) => ({ default: own.RepeatDialog })),
);

const LIST_SPACE = <Skeleton className="h-24" />;

/** Exports of a cluster: the form that starts one, and what runs and has run. */
export function ExportsPage({ cluster }: { cluster: string }) {
  const kept = useKeptView();
  const [repeated, setRepeated] = useState<ExportChoices | null>(null);
  const lacksExport = useClusterLacks(cluster, 'export');
  const { start, started } = useStart(cluster, kept.addStarted);
  return (
    <div className={PAGE_BODY}>
      <h1 className="sr-only">Exports</h1>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(320px,440px)_minmax(0,1fr)]">
        <Panel title="New export">
          {lacksExport ? (
            <p className="text-muted text-sm">
              It needs export on a table of this cluster, and no role gives you that.
            </p>
          ) : (
            <ExportForm
              cluster={cluster}
              starting={start.isPending}
              onRepeat={setRepeated}
              onStart={(choices, to) => start.mutate({ choices, to })}
              onStartSpark={(spark) => start.mutate({ spark, to: 'spark' })}
              failure={
                start.error !== null && <ErrorState title="The export did not start" {...errorText(start.error)} />
              }
            />
          )}
        </Panel>
        <div className="min-w-0 space-y-4">
          <Later fallback={LIST_SPACE}>
            <Transfers started={started} kept={kept} />
          </Later>
          <Later>
            <Schedules />
          </Later>
        </div>
      </div>
      {repeated !== null && (
        <Later>
          <RepeatDialog
            cluster={cluster}
            kind="export"
            title={exportName(repeated.source)}
            request={exportRequest(repeated)}
            onClose={() => setRepeated(null)}
          />
        </Later>
      )}
    </div>
  );
}
