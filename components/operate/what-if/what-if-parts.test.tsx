import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { keyspaceLosses, membersOf, placeKeyspaces, standingsWithout } from '@/lib/cluster/what-if';
import { LossTable } from './loss-table';
import { NodePicker } from './node-picker';
import { type ChoiceProps, NODES } from './test-nodes';

const lastOf = <Value,>(values: readonly Value[]) => values[values.length - 1];

describe('the picker of nodes', () => {
  const shown = (picked: string[]) => {
    const picks: string[][] = [];
    render(<NodePicker nodes={NODES} picked={new Set(picked)} onPick={(all) => picks.push([...all].sort())} />);
    return picks;
  };

  it('picks a node, a rack and a datacenter with one press each', async () => {
    const picks = shown([]);
    await page.getByRole('checkbox', { name: 'c', exact: true }).click();
    expect(lastOf(picks)).toEqual(['c']);
    await page.getByRole('checkbox', { name: 'r1, rack of 2 nodes' }).click();
    expect(lastOf(picks)).toEqual(['a', 'b']);
    await page.getByRole('checkbox', { name: 'east, 3 nodes' }).click();
    expect(lastOf(picks)).toEqual(['a', 'b', 'c']);
  });

  it('shows a group of which some are lost as half ticked, and takes the rest with the next press', async () => {
    const picks = shown(['a']);
    const rack = page.getByRole('checkbox', { name: 'r1, rack of 2 nodes' });
    await expect.element(rack).toBePartiallyChecked();
    await rack.click();
    expect(lastOf(picks)).toEqual(['a', 'b']);
  });

  it('says what is down now and what is unknown, which can still be picked', async () => {
    shown([]);
    const down = page.getByRole('checkbox', { name: 'x down now' });
    await expect.element(down).toBeChecked();
    await expect.element(down).toBeDisabled();
    await expect.element(page.getByRole('checkbox', { name: 'y unknown' })).not.toBeChecked();
  });
});

describe('the table of what still works', () => {
  function shown() {
    const chosen: ChoiceProps[] = [];
    const standings = standingsWithout(NODES, new Set(['a', 'b']));
    const placed = placeKeyspaces(membersOf(NODES, 'org.apache.cassandra.dht.Murmur3Partitioner') ?? [], [
      { name: 'flights', system: false, virtual: false, replication: { class: 'NetworkTopologyStrategy', east: '2' } },
      { name: 'odd', system: false, virtual: false, replication: { class: 'NetworkTopologyStrategy', east: '3/1' } },
      {
        name: 'system_auth',
        system: true,
        virtual: false,
        replication: { class: 'SimpleStrategy', replication_factor: '1' },
      },
    ]);
    render(
      <LossTable
        keyspaces={keyspaceLosses(placed, standings, 'east')}
        chosen={undefined}
        onChoose={(keyspace, level) => chosen.push({ keyspace, level })}
      />,
    );
    return chosen;
  }

  it('names what every cell says, and explains the one that is pressed', async () => {
    const chosen = shown();
    const quorum = page.getByRole('button', { name: 'QUORUM on flights fails for the whole ring', exact: true });
    await quorum.click();
    expect(chosen).toEqual([{ keyspace: 'flights', level: 'QUORUM' }]);
    await expect.element(page.getByRole('button', { name: 'ANY on flights works for the whole ring' })).toBeVisible();
    await expect.element(page.getByText(/Not computed: Replication factor 3\/1 has transient replicas/)).toBeVisible();
  });

  it('folds the system keyspaces', async () => {
    shown();
    await expect.element(page.getByRole('rowheader', { name: 'system_auth' })).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('button', { name: 'Show 1 system keyspace' }));
    await expect.element(page.getByRole('rowheader', { name: 'system_auth' })).toBeVisible();
  });
});
