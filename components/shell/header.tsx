'use client';

import { Lock, Menu as MenuIcon, Search } from 'lucide-react';
import { lazy } from 'react';
import { Badge, StatusDot } from '@/components/ui/badge';
import { IconButton } from '@/components/ui/icon-button';
import { Later } from '@/components/ui/later';
import { Tooltip } from '@/components/ui/tooltip';
import type { Connection } from '@/lib/cluster/connection';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { SignedIn } from '@/lib/contract/sign-in';
import { ClusterSwitcher } from './cluster-switcher';

const Kbd = lazy(() => import('@/components/ui/kbd').then(({ Kbd: kbd }) => ({ default: kbd })));
const PersonMenu = lazy(() => import('./person/person-menu'));
const ThemeMenu = lazy(() => import('./theme-menu').then((menu) => ({ default: menu.ThemeMenu })));
const Tray = lazy(() => import('./tray/tray'));
/** As wide as a button, so that nothing moves when it comes. */
const BUTTON_SPACE = <span className="size-8 shrink-0" />;

type HeaderProps = {
  cluster: ClusterSummary;
  clusters: readonly ClusterSummary[];
  /** Null where nobody signs in. */
  person: SignedIn | null;
  connection: Connection;
  onOpenPalette: () => void;
  onOpenDrawer: () => void;
  activityOpen: boolean;
  onActivity: (open: boolean) => void;
};

/** Which cluster, its state, and the way to everything else. The cluster's colour runs along the top of the page. */
export function Header({ cluster, clusters, person, connection, ...on }: HeaderProps) {
  return (
    <header className="relative flex h-11 items-center gap-1 border-line border-b bg-surface px-2">
      <ColourBar colour={cluster.colour} />
      <IconButton label="Keyspaces and pages" className="min-[641px]:hidden" onClick={on.onOpenDrawer}>
        <MenuIcon size={18} aria-hidden="true" />
      </IconButton>
      <ClusterSwitcher cluster={cluster} clusters={clusters} />
      <ConnectionFacts connection={connection} />
      {cluster.readOnly && (
        <Tooltip text="Ringside cannot change anything on this cluster. To allow changes, set writes: true in ringside.config.json.">
          <Badge tone="neutral" tabIndex={0}>
            <Lock size={12} aria-hidden="true" />
            <span className="max-[480px]:sr-only">read-only</span>
          </Badge>
        </Tooltip>
      )}
      <PaletteButton onClick={on.onOpenPalette} />
      <Later fallback={BUTTON_SPACE}>
        <Tray cluster={cluster.name} open={on.activityOpen} onOpenChange={on.onActivity} />
      </Later>
      <Later fallback={BUTTON_SPACE}>
        <ThemeMenu />
      </Later>
      {person !== null && (
        <Later fallback={BUTTON_SPACE}>
          <PersonMenu person={person} />
        </Later>
      )}
    </header>
  );
}

function ColourBar({ colour }: { colour: string | null }) {
  if (colour === null) return null;
  return (
    <svg aria-hidden="true" focusable="false" className="absolute inset-x-0 top-0 h-[3px] w-full">
      <rect width="100%" height="3" fill={colour} />
    </svg>
  );
}

function ConnectionFacts({ connection }: { connection: Connection }) {
  return (
    <div className="flex shrink-0 items-center gap-2 px-1 text-muted text-sm" data-testid="connection">
      <ConnectionWords connection={connection} />
    </div>
  );
}

function ConnectionWords({ connection }: { connection: Connection }) {
  switch (connection.state) {
    case 'unknown':
    case 'connecting':
      return (
        <>
          <StatusDot />
          <span className="max-[640px]:sr-only">connecting…</span>
        </>
      );
    case 'server-lost':
    case 'cluster-lost':
      return (
        <>
          <StatusDot tone="danger" />
          <span className="max-[640px]:sr-only">disconnected</span>
        </>
      );
    case 'connected': {
      const { release, nodesUp, nodesTotal } = connection.health;
      const allUp = nodesUp !== null && nodesUp === nodesTotal;
      return (
        <>
          <StatusDot tone={allUp ? 'ok' : 'warn'} />
          {release !== null && <span className="max-[640px]:hidden">{release}</span>}
          {nodesUp !== null && nodesTotal !== null && (
            <span className={allUp ? '' : 'font-medium text-warn'}>
              {nodesUp}/{nodesTotal} up
            </span>
          )}
        </>
      );
    }
    default:
      return connection satisfies never;
  }
}

function PaletteButton({ onClick }: { onClick: () => void }) {
  return (
    <>
      <button
        type="button"
        onClick={onClick}
        className="mx-auto flex h-7 w-full min-w-0 max-w-md shrink-[999] items-center gap-2 rounded border border-line-strong bg-canvas px-2 text-faint text-sm hover:bg-hover max-[640px]:hidden"
      >
        <Search size={14} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 truncate">Go to or do anything</span>
        <span className="ml-auto flex">
          <Later>
            <Kbd of="palette" />
          </Later>
        </span>
      </button>
      <IconButton label="Go to or do anything" className="ml-auto min-[641px]:hidden" onClick={onClick}>
        <Search size={18} aria-hidden="true" />
      </IconButton>
    </>
  );
}
