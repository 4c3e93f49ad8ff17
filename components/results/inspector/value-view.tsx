import { useMemo } from 'react';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { blobBytes, imageType } from '@/lib/values/hex';
import { layOutJson } from '@/lib/values/json-layout';
import type { ValueNode } from '@/lib/values/value-nodes';
import { exactJson, isBlob, isNested, valueText } from '@/lib/values/value-text';
import type { ViewName } from '@/lib/values/views';
import { jsonToCql } from '@/lib/wire/json-texts';
import { HexView } from './hex-view';
import { ImageView } from './image-view';
import type { SearchState } from './search';
import { TextView } from './text-view';
import { TreeView } from './tree-view';

interface ValueViewProps {
  view: ViewName;
  value: JsonValue;
  type: CqlType | undefined;
  search: SearchState;
  tree: { root: ValueNode; selected: ValueNode; onSelect: (node: ValueNode) => void; onCopy: () => void };
}

/** A value in one of its views. */
export function ValueView({ view, value, type, search, tree }: ValueViewProps) {
  switch (view) {
    case 'tree':
      return <TreeView search={search} {...tree} />;
    case 'hex':
      return <HexView text={String(value)} search={search} />;
    case 'image':
      return <ImageView text={String(value)} type={imageType(String(value)) ?? ''} />;
    case 'text':
    case 'json':
    case 'cql':
      return <AsText view={view} value={value} type={type} search={search} />;
    default:
      return view satisfies never;
  }
}

type AsTextProps = Omit<ValueViewProps, 'tree' | 'view'> & { view: 'text' | 'json' | 'cql' };

function AsText({ view, value, type, search }: AsTextProps) {
  const { text, note } = useMemo(() => textOf(view, value, type), [view, value, type]);
  return (
    <>
      {note !== undefined && <p className="px-3 pt-2 text-muted text-xs">{note}</p>}
      {text !== undefined && <TextView text={text} search={search} />}
    </>
  );
}

interface Shown {
  readonly text?: string;
  readonly note?: string;
}

function textOf(view: 'text' | 'json' | 'cql', value: JsonValue, type: CqlType | undefined): Shown {
  if (view === 'cql') return cqlOf(value, type);
  if (view === 'json' && isNested(value)) return { text: exactJson(value, 2) };
  const plain = isBlob(type) && typeof value === 'string' ? decoded(value) : { text: valueText(value, type) };
  if (view === 'text') return plain;
  const json = layOutJson(plain.text);
  return json === undefined ? { note: 'This is no JSON object or array, or too long to lay out.' } : { text: json };
}

function cqlOf(value: JsonValue, type: CqlType | undefined): Shown {
  if (type === undefined) return { note: 'Its type is not known here, so it cannot be written exactly.' };
  try {
    return { text: jsonToCql(value, type) };
  } catch (cause) {
    return { note: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Bytes as UTF-8. */
function decoded(value: string): { text: string; note?: string } {
  const bytes = blobBytes(value);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { text, note: 'Not all of it is UTF-8 text: � stands for what is not.' };
  }
}
