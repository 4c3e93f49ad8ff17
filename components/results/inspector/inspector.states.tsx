import { ignore, type SharedPart } from '@/components/ui/states';
import type { Row } from '@/lib/client/stream-events';
import type { JsonValue } from '@/lib/contract/json';
import Inspector from './inspector';

function inspect(type: string, values: Row | null | undefined) {
  return (
    <Inspector
      row={41}
      source={0}
      columns={[{ name: 'value', type, kind: 'regular' }]}
      values={values}
      table={undefined}
      place={undefined}
      onRecord={ignore}
      onClose={ignore}
    />
  );
}

const value = (type: string, json: JsonValue) => () => inspect(type, [json]);
const frame = [
  ['complementary', 'Inspector'],
  ['button', 'Close inspector'],
  ['button', 'Open the row'],
] as const;
const whole = [...frame, ['button', 'Copy value'], ['button', 'Download value']] as const;

export const inspectorStates: SharedPart = {
  name: 'inspector',
  place: 'relative flex h-96',
  states: {
    text: { draw: value('text', 'Seattle–Tacoma'), shows: whole },
    'text that is JSON': { draw: value('text', '{"runways": [16, 34]}'), shows: [...whole, ['button', 'JSON']] },
    'a moment': { draw: value('timestamp', '2001-01-09T06:10:00.000Z'), shows: whole },
    nested: {
      draw: value('map<text, frozen<list<int>>>', [
        ['early', [1, 2, 3]],
        ['late', []],
      ]),
      shows: [...whole, ['tree'], ['button', 'CQL']],
    },
    bytes: { draw: value('blob', '0x00ff10207f'), shows: [...whole, ['button', 'Hex']] },
    null: { draw: value('text', null), shows: frame },
    'empty text': { draw: value('text', ''), shows: frame },
    'loading again': { draw: () => inspect('text', undefined), shows: frame },
    'gone since': { draw: () => inspect('text', null), shows: frame },
  },
};
