import type { SchemaElement } from 'hyparquet';
import type { CqlType } from '@/lib/cql/types';
import { PlanError } from '@/lib/wire/errors';
import type { ParquetOptions } from '@/lib/wire/file-format';
import type { PlanColumn } from '@/lib/wire/plan';
import { valueBytes, vectorElementBytes } from '@/lib/wire/sizes';
import type { Codec } from './codec';
import { Leaf } from './leaf';
import type { Levels } from './levels';
import {
  CollectionShredder,
  DurationShredder,
  FieldsShredder,
  ScalarShredder,
  type Shredder,
  VectorShredder,
} from './shredders';
import { BLOB, type Stored, storedAs } from './stored-types';
import { DECIMAL_DIGITS } from './values';

/** Levels are stored as bytes. */
const MOST_LEVELS = 255;

/** Where in the schema a column, field or element is. */
interface Node {
  readonly name: string;
  readonly isOptional: boolean;
  readonly path: readonly string[];
  /** Of its parent. */
  readonly levels: Levels;
}

/** Collects the schema's elements, depth first as in the file, and the leaf columns in the same order. */
class SchemaBuilder {
  readonly elements: SchemaElement[] = [];
  readonly leaves: Leaf[] = [];
  private readonly options: ParquetOptions;
  private readonly codec: Codec;

  constructor(options: ParquetOptions, codec: Codec) {
    this.options = options;
    this.codec = codec;
  }

  shredder(type: CqlType, node: Node): Shredder {
    const place = { typeName: type.kind === 'native' ? type.name : type.kind, isOptional: node.isOptional };
    switch (type.kind) {
      case 'native':
        if (type.name === 'duration') return this.duration(node);
        return this.scalar(storedAs(type.name, this.options), valueBytes(type.name), node, place.typeName);
      case 'custom':
        return this.scalar(BLOB, 0, node, place.typeName);
      case 'list':
      case 'set': {
        const [element, level] = this.repeated(node, 'LIST', 'list', 1);
        return new CollectionShredder([this.shredder(type.of, element('element', true))], place, level);
      }
      case 'map': {
        const [part, level] = this.repeated(node, 'MAP', 'key_value', 2);
        const key = this.shredder(type.key, part('key', false));
        return new CollectionShredder([key, this.shredder(type.value, part('value', true))], place, level);
      }
      case 'vector': {
        const [element, level] = this.repeated(node, 'LIST', 'list', 1);
        const of = this.shredder(type.of, element('element', false));
        return new VectorShredder(of, place, level, type.dimensions, vectorElementBytes(type.of));
      }
      case 'tuple': {
        const field = this.group(node, type.of.length);
        return new FieldsShredder(
          type.of.map((of, i) => this.shredder(of, field(`field_${i + 1}`))),
          place,
        );
      }
      case 'udt': {
        const field = this.group(node, type.fields.length);
        return new FieldsShredder(
          type.fields.map((of) => this.shredder(of.type, field(of.name))),
          place,
        );
      }
      default:
        return type satisfies never;
    }
  }

  private leaf({ name, isOptional, path, levels }: Node, element: Omit<SchemaElement, 'name'>): Leaf {
    const own: SchemaElement = { name, repetition_type: isOptional ? 'OPTIONAL' : 'REQUIRED', ...element };
    const definition = levels.definition + (isOptional ? 1 : 0);
    if (definition > MOST_LEVELS) throw new PlanError(`Column "${path[0]}" is nested too deep for a Parquet file.`);
    const leaf = new Leaf(own, path, { ...levels, definition }, this.codec);
    this.elements.push(own);
    this.leaves.push(leaf);
    return leaf;
  }

  private scalar(stored: Stored, size: number, node: Node, typeName: string): Shredder {
    const { element, write, steps, hasEmpty = false } = stored;
    return new ScalarShredder(this.leaf(node, element), {
      write,
      steps,
      size,
      hasEmpty,
      typeName,
      isOptional: node.isOptional,
    });
  }

  /** Parquet's INTERVAL has no negative numbers, no nanoseconds and hardly any readers. */
  private duration(node: Node): Shredder {
    const part = this.group(node, 3);
    const leaf = (name: string, type: 'INT32' | 'INT64') => this.leaf({ ...part(name), isOptional: false }, { type });
    return new DurationShredder([leaf('months', 'INT32'), leaf('days', 'INT32'), leaf('nanoseconds', 'INT64')], {
      typeName: 'duration',
      isOptional: node.isOptional,
    });
  }

  /** A group of fields; returns their nodes. */
  private group(node: Node, fieldCount: number): (name: string) => Node {
    this.elements.push({
      name: node.name,
      repetition_type: node.isOptional ? 'OPTIONAL' : 'REQUIRED',
      num_children: fieldCount,
    });
    const levels = { ...node.levels, definition: node.levels.definition + (node.isOptional ? 1 : 0) };
    return (name) => ({ name, isOptional: true, path: [...node.path, name], levels });
  }

  /** The two groups of a list or map; returns the nodes of its parts, and the repetition level of its elements. */
  private repeated(
    node: Node,
    type: 'LIST' | 'MAP',
    inner: string,
    partCount: number,
  ): [(name: string, isOptional: boolean) => Node, number] {
    this.elements.push(
      {
        name: node.name,
        repetition_type: node.isOptional ? 'OPTIONAL' : 'REQUIRED',
        num_children: 1,
        converted_type: type,
        logical_type: { type },
      },
      { name: inner, repetition_type: 'REPEATED', num_children: partCount },
    );
    const levels = {
      definition: node.levels.definition + (node.isOptional ? 2 : 1),
      repetition: node.levels.repetition + 1,
    };
    return [(name, isOptional) => ({ name, isOptional, path: [...node.path, inner, name], levels }), levels.repetition];
  }
}

interface SchemaColumn {
  readonly name: string;
  readonly shredder: Shredder;
  /** The leaves below it. */
  readonly leaves: readonly Leaf[];
}

/** The layout of a file with these columns, and a shredder for each column. */
export interface ParquetSchema {
  readonly elements: readonly SchemaElement[];
  readonly leaves: readonly Leaf[];
  readonly columns: readonly SchemaColumn[];
}

/** Throws PlanError for options or columns that a file cannot have. */
export function parquetSchema(columns: readonly PlanColumn[], options: ParquetOptions, codec: Codec): ParquetSchema {
  const { decimal = 'text' } = options;
  if (decimal !== 'text' && !(Number.isInteger(decimal) && decimal >= 0 && decimal <= DECIMAL_DIGITS)) {
    throw new PlanError(
      `The scale of Parquet decimals must be a whole number from 0 to ${DECIMAL_DIGITS}, not ${decimal}.`,
    );
  }
  const builder = new SchemaBuilder(options, codec);
  builder.elements.push({ name: 'schema', num_children: columns.length });
  const shredders = columns.map(({ name, type }) => {
    const firstLeaf = builder.leaves.length;
    const shredder = builder.shredder(type, {
      name,
      isOptional: true,
      path: [name],
      levels: { definition: 0, repetition: 0 },
    });
    return { name, shredder, leaves: builder.leaves.slice(firstLeaf) };
  });
  return { elements: builder.elements, leaves: builder.leaves, columns: shredders };
}
