import type { ReactNode } from 'react';
import { Age } from '@/components/shell/age';
import { StatusDot, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import type { Finding, Severity, Verdict } from '@/lib/contract/health';
import { formatCount, formatInterval, plural } from '@/lib/text/format';
import { FindingItem } from './finding-item';
import { MuteForm } from './mute-form';
import { UnknownFacts } from './unknown-facts';

type VerdictViewProps = {
  cluster: string;
  verdict: Verdict;
  /** What still works in spite of it. */
  works?: ReactNode;
  /** Null: whoever looks may not hide findings. */
  muting: {
    readonly mute: (finding: Finding, reason: string, days: number) => Promise<void>;
    readonly unmute: (finding: Finding) => void;
  } | null;
};

/** Whether the cluster is well, and what is wrong with it, the worst first. */
export function VerdictView({ cluster, verdict, works, muting }: VerdictViewProps) {
  const { findings, notShown, pace } = verdict;
  const { tone, text } = headline(verdict);
  return (
    <Panel
      title="Verdict"
      flush
      note={
        <>
          <Age asOf={verdict.asOf} /> · every node is asked every {formatInterval(pace.everyMs)} for all viewers, at
          most {formatCount(pace.statementsPerMinute)} statements a minute in all
        </>
      }
    >
      <p className="flex items-center gap-2 px-4 py-2 font-medium" role="status">
        <StatusDot tone={tone} />
        {text}
      </p>
      {works}
      <div className="border-line border-t empty:hidden">
        {findings.map((finding) => (
          <FindingItem key={finding.id} cluster={cluster} finding={finding}>
            {muting !== null && <MuteForm onMute={(reason, days) => muting.mute(finding, reason, days)} />}
          </FindingItem>
        ))}
      </div>
      {notShown > 0 && <p className="px-4 py-2 text-faint text-xs">{plural(notShown, 'more finding')} not shown.</p>}
      <Muted cluster={cluster} muted={verdict.muted} muting={muting} />
      <UnknownFacts unknown={verdict.unknown} />
    </Panel>
  );
}

function headline({ findings, notShown, nodes, silent, unknown }: Verdict): { tone: Tone; text: string } {
  if (findings.length === 0) {
    const limits = unknown.length === 0 ? '' : ', as far as can be known';
    return {
      tone: 'ok',
      text: `Healthy${limits}: ${plural(nodes - silent.length, 'node')} answered, nothing was found.`,
    };
  }
  const counts = (['danger', 'warn', 'notice'] as const).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [plural(count, ...WORDS[severity])];
  });
  const worst = findings[0]?.severity ?? 'notice';
  return { tone: TONES[worst], text: `${plural(findings.length + notShown, 'finding')}: ${counts.join(', ')}` };
}

const WORDS: Readonly<Record<Severity, readonly [string, string]>> = {
  danger: ['serious', 'serious'],
  warn: ['warning', 'warnings'],
  notice: ['notice', 'notices'],
};
const TONES: Readonly<Record<Severity, Tone>> = { danger: 'danger', warn: 'warn', notice: 'accent' };

type MutedProps = Pick<VerdictViewProps, 'cluster' | 'muting'> & Pick<Verdict, 'muted'>;

function Muted({ cluster, muted, muting }: MutedProps) {
  if (muted.length === 0) return null;
  return (
    <details className="border-line border-t text-sm">
      <summary className="min-h-8 cursor-pointer px-4 py-1.5 text-muted hover:bg-hover">{muted.length} muted</summary>
      <div>
        {muted.map(({ finding, mute }) => (
          <FindingItem key={finding.id} cluster={cluster} finding={finding}>
            {muting !== null && (
              <Button size="sm" onClick={() => muting.unmute(finding)}>
                Show again
              </Button>
            )}
            <p className="text-muted text-xs">
              Muted until {mute.until.slice(0, 10)} by {mute.by}: {mute.reason}
            </p>
          </FindingItem>
        ))}
      </div>
    </details>
  );
}
