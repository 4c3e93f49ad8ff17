import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { ignore } from '@/components/ui/states';
import { render } from '@/components/ui/test-render';
import { arcsOf } from '@/lib/ring/arcs';
import { lookOf } from './appearance';
import { NodeStateBadge } from './node-state';
import { RingPicture } from './ring-picture';
import { NodeName } from './swatch';

const NODES = [
  { address: 'a:9042', datacenter: 'dc1', rack: 'r1', tokens: ['-4000000000000000000', '6000000000000000000'] },
  { address: 'b:9042', datacenter: 'dc1', rack: 'r2', tokens: ['0'] },
  { address: 'c:9042', datacenter: 'dc1', rack: 'r3', tokens: ['3000000000000000000'] },
];

function Ring({ down, alarm }: { down: readonly string[]; alarm?: string }) {
  return (
    <RingPicture
      arcs={arcsOf(NODES)}
      look={lookOf(NODES)}
      down={new Set(down)}
      arc={undefined}
      lit={undefined}
      token={undefined}
      middle={{ lines: ['3 nodes', '4 tokens'], alarm }}
      describedBy="elsewhere"
      onPoint={ignore}
      onPick={ignore}
    />
  );
}

const outlines = (container: HTMLElement) => [...container.querySelectorAll('path[stroke="var(--danger)"]')];

describe('the drawn ring', () => {
  it('outlines the arcs of a node that is down in red, above all others, and says it in words', async () => {
    const { container, again } = render(<Ring down={[]} />);
    expect(outlines(container)).toEqual([]);
    again(<Ring down={['b:9042']} alarm="1 down" />);
    const [outline, ...others] = outlines(container);
    expect(others).toEqual([]);
    const filled = [...container.querySelectorAll('g > path')].filter((path) => path.getAttribute('fill') !== 'none');
    const own = filled.filter((path) => path.getAttribute('d') === outline?.getAttribute('d'));
    expect(own).toHaveLength(1);
    for (const path of filled.slice(0, NODES.length)) {
      expect(path.compareDocumentPosition(outline ?? path)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    }
    await expect.element(page.getByRole('img', { name: /^Token ring.*Down: b:9042$/ })).toBeVisible();
    await expect.element(page.getByText('1 down')).toBeVisible();
  });

  it('marks the node beside its name as on the ring', async () => {
    const look = lookOf(NODES);
    const { container, again } = render(<NodeName address="b:9042" look={look.nodes.get('b:9042')} />);
    expect(container.querySelector('rect[stroke="var(--danger)"]')).toBeNull();
    again(
      <>
        <NodeName address="b:9042" look={look.nodes.get('b:9042')} down />
        <NodeStateBadge state={{ state: 'down', reason: 'it announced its shutdown' }} />
      </>,
    );
    expect(container.querySelectorAll('rect[stroke="var(--danger)"]')).toHaveLength(1);
    await expect.element(page.getByText('it announced its shutdown')).toBeVisible();
  });
});
