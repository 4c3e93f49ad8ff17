import { Listeners } from '@/lib/listeners';

/** A trace that this tab has opened, so that another can be compared with it. */
export interface KeptTrace {
  readonly cluster: string;
  readonly id: string;
  /** `SELECT … · QUORUM · page 1`. */
  readonly label: string;
  /** Rows of its page; null where they are not known. */
  readonly returnedRows: number | null;
}

const MOST = 30;

/** The last traces of this tab, the newest first. Only what names them is kept: the traces are in Cassandra, for a day. */
export class KeptTraces {
  private kept: readonly KeptTrace[] = [];
  private readonly listeners = new Listeners();

  readonly subscribe = this.listeners.subscribe;

  readonly all = (): readonly KeptTrace[] => this.kept;

  /** The same trace is kept once; what is known of its rows is not forgotten by opening it from elsewhere. */
  keep(trace: KeptTrace): void {
    const before = this.kept.find(({ cluster, id }) => cluster === trace.cluster && id === trace.id);
    if (before !== undefined && (trace.returnedRows === null || before.returnedRows === trace.returnedRows)) return;
    this.kept = [trace, ...this.kept.filter((other) => other !== before)].slice(0, MOST);
    this.listeners.notify();
  }
}

/** Of this browser tab. */
export const keptTraces = new KeptTraces();
