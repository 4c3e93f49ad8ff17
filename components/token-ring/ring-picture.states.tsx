import { ignore, type SharedPart } from '@/components/ui/states';
import { arcsOf } from '@/lib/ring/arcs';
import { lookOf } from './appearance';
import { RingLegend } from './ring-legend';
import { RingPatterns } from './ring-patterns';
import { RingPicture } from './ring-picture';

/** Nodes with 16 tokens each, the tokens spread the same every time. */
function ringOf(count: number, racks: number) {
  let state = 7n;
  const next = () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return String(state - 2n ** 63n);
  };
  return Array.from({ length: count }, (_, index) => ({
    address: `127.0.0.${index + 1}:9042`,
    datacenter: 'dc1',
    rack: `rack${(index % racks) + 1}`,
    tokens: Array.from({ length: 16 }, next),
  }));
}

type Shown = {
  count?: number;
  racks?: number;
  down?: readonly string[];
  lit?: readonly string[];
  marks?: readonly { start: number; sweep: number }[];
};

function drawn({ count = 3, racks = count, down = [], lit, marks }: Shown) {
  const nodes = ringOf(count, racks);
  const look = lookOf(nodes);
  const center = { lines: [`${count} nodes`, `${count * 16} tokens`], alarm: `${down.length} down` } as const;
  return () => (
    <>
      <RingPatterns />
      <RingPicture
        arcs={arcsOf(nodes)}
        look={look}
        down={new Set(down)}
        arc={undefined}
        lit={lit}
        token={lit === undefined ? undefined : 0n}
        marks={marks}
        middle={down.length === 0 ? { lines: center.lines } : center}
        describedBy="nodes-of-this-ring"
        onPoint={ignore}
        onPick={ignore}
      />
      <div id="nodes-of-this-ring">
        <RingLegend look={look} anyDown={down.length > 0} />
      </div>
    </>
  );
}

const DOWN = '127.0.0.2:9042';
const PLAIN = 'Token ring: which node is the primary of which tokens';

export const ringPictureStates: SharedPart = {
  name: 'token-ring',
  place: 'max-w-md',
  states: {
    'three nodes': { draw: drawn({}), shows: [['img', PLAIN]] },
    'a node is down': { draw: drawn({ down: [DOWN] }), shows: [['img', `${PLAIN}. Down: ${DOWN}`]] },
    'a replica of a key is down': {
      draw: drawn({ down: [DOWN], lit: [DOWN, '127.0.0.3:9042'] }),
      shows: [['img', `${PLAIN}. Down: ${DOWN}`]],
    },
    'ranges are marked, one of them thinner than a pixel': {
      draw: drawn({
        down: [DOWN],
        marks: [
          { start: 0.1, sweep: 0.2 },
          { start: 0.6, sweep: 0.0001 },
        ],
      }),
      shows: [['img', `${PLAIN}. Down: ${DOWN}`]],
    },
    'twelve nodes in three racks': { draw: drawn({ count: 12, racks: 3 }), shows: [['img', PLAIN]] },
    'many nodes, coloured by datacenter': {
      draw: drawn({ count: 15, racks: 3, down: [DOWN] }),
      shows: [['img', `${PLAIN}. Down: ${DOWN}`], ['listitem']],
    },
  },
};
