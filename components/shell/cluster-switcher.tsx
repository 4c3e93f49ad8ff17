'use client';

import { ChevronDown, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { pagePath } from '@/lib/client/paths';
import type { ClusterSummary } from '@/lib/contract/clusters';

type ClusterSwitcherProps = { cluster: ClusterSummary; clusters: readonly ClusterSummary[] };

/** Which cluster this is, in its colour, always in view; opens the list of all. */
export function ClusterSwitcher({ cluster, clusters }: ClusterSwitcherProps) {
  const router = useRouter();
  const trigger = (
    <button
      type="button"
      aria-label={`Cluster ${cluster.label}: switch cluster`}
      className="flex h-8 min-w-0 items-center gap-2 rounded px-2 hover:bg-hover aria-expanded:bg-hover"
    >
      <ClusterMark colour={cluster.colour} />
      <span className="min-w-0 truncate font-semibold">{cluster.label}</span>
      <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-faint" />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuLabel>Clusters</MenuLabel>
      {clusters.map((other) => (
        <MenuItem
          key={other.name}
          checked={other.name === cluster.name}
          onSelect={() => router.push(pagePath.overview(other.name))}
        >
          <span className="flex items-center gap-2">
            <ClusterMark colour={other.colour} />
            {other.label}
            {other.label !== other.name && <span className="text-faint text-xs">{other.name}</span>}
          </span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Plus size={14} aria-hidden="true" />} onSelect={() => router.push(pagePath.connect)}>
        Connect another cluster
      </MenuItem>
    </Menu>
  );
}

/** The cluster's colour; the label beside it says the same in words. */
export function ClusterMark({ colour }: { colour: string | null }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
      className="shrink-0 text-faint"
    >
      <rect width="12" height="12" rx="3" fill={colour ?? 'currentColor'} />
    </svg>
  );
}
