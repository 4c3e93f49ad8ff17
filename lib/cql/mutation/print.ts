import { jsonToLoadableCql } from '@/lib/wire/json-texts';
import { qualifiedName, quoteIdentifier } from '../identifiers';
import { countText, equalsText, filledInsert, joined, UPDATE, updateBegin, usingPieces } from './frames';
import type {
  Assignment,
  AssignmentTarget,
  BatchNode,
  Comparison,
  Condition,
  DeleteNode,
  InsertNode,
  MutationNode,
  NodeKey,
  UpdateNode,
  Value,
} from './nodes';

/** A statement as it is prepared, and the values of its markers in their order. */
export interface MarkedStatement {
  readonly statement: string;
  readonly params: readonly Value[];
}

/** The statement with a `?` for every value. */
export function withMarkers(node: MutationNode): MarkedStatement {
  const pieces = piecesOf(node);
  return {
    statement: pieces.map((piece) => (typeof piece === 'string' ? piece : '?')).join(''),
    params: pieces.filter((piece) => typeof piece !== 'string'),
  };
}

/**
 * The same statement with its values written out, for a person to read, copy and run.
 * @throws ValueError for the few values that have no literal: a null in a collection, no bytes where only bytes could say so
 */
export function withLiterals(node: MutationNode): string {
  return piecesOf(node)
    .map((piece) => (typeof piece === 'string' ? piece : jsonToLoadableCql(piece.value, piece.type)))
    .join('');
}

/** A statement's text, or a value in it: both texts of a node come from these. */
type Piece = string | Value;

function piecesOf(node: MutationNode): Piece[] {
  switch (node.kind) {
    case 'insert':
      return insertPieces(node);
    case 'update':
      return updatePieces(node);
    case 'delete':
      return deletePieces(node);
    case 'batch':
      return batchPieces(node);
    default:
      return node satisfies never;
  }
}

function insertPieces({ table, key, values, condition, using }: InsertNode): Piece[] {
  const all = [...key.partition, ...key.clustering, ...values];
  const names = all.map(({ column }) => column);
  return [
    ...filledInsert<Value>(table, names, all),
    ...conditionPieces(condition),
    ...usingPieces(using.timestamp, using.ttl),
  ];
}

function updatePieces({ table, key, assignments, condition, using }: UpdateNode): Piece[] {
  return [
    updateBegin(table),
    ...usingPieces(using.timestamp, using.ttl),
    UPDATE.set,
    ...joined(assignments.map(assignmentPieces), UPDATE.between),
    ...wherePieces(key),
    ...conditionPieces(condition),
  ];
}

function deletePieces({ table, key, places, bounds, condition, using }: DeleteNode): Piece[] {
  const from = `FROM ${qualifiedName(table.keyspace, table.table)}`;
  const limits = bounds.map(({ operator, value }) => [`${quoteIdentifier(value.column)} ${operator} `, value]);
  return [
    'DELETE ',
    ...joined(places.map(placePieces), ', '),
    places.length === 0 ? from : ` ${from}`,
    ...usingPieces(using.timestamp, null),
    ...wherePieces(key, limits),
    ...conditionPieces(condition),
  ];
}

const BATCH = { logged: 'BEGIN BATCH', unlogged: 'BEGIN UNLOGGED BATCH', counter: 'BEGIN COUNTER BATCH' } as const;

function batchPieces({ type, statements, timestamp }: BatchNode): Piece[] {
  return [
    BATCH[type],
    ...usingPieces(timestamp, null),
    ...statements.flatMap((statement): Piece[] => ['\n  ', ...piecesOf(statement), ';']),
    '\nAPPLY BATCH',
  ];
}

function wherePieces({ partition, clustering }: NodeKey, more: readonly Piece[][] = []): Piece[] {
  const equal = [...partition, ...clustering].map((value): Piece[] => [equalsText(value.column), value]);
  return [UPDATE.where, ...joined([...equal, ...more], UPDATE.and)];
}

function assignmentPieces(assignment: Assignment): Piece[] {
  switch (assignment.kind) {
    case 'set':
      return [...placePieces(assignment.place), ' = ', assignment.value];
    case 'count':
      return [countText(assignment.column, assignment.sign), assignment.value];
    case 'prepend':
      return [equalsText(assignment.column), assignment.value, ` + ${quoteIdentifier(assignment.column)}`];
    case 'append':
    case 'remove': {
      const sign = assignment.kind === 'append' ? '+' : '-';
      return [`${equalsText(assignment.column)}${quoteIdentifier(assignment.column)} ${sign} `, assignment.value];
    }
    default:
      return assignment satisfies never;
  }
}

function placePieces(place: AssignmentTarget): Piece[] {
  const name = quoteIdentifier(place.column);
  switch (place.kind) {
    case 'column':
      return [name];
    case 'element':
      return [`${name}[`, place.key, ']'];
    case 'field':
      return [`${name}.${quoteIdentifier(place.field)}`];
    default:
      return place satisfies never;
  }
}

function conditionPieces(condition: Condition | null): Piece[] {
  switch (condition?.kind) {
    case undefined:
      return [];
    case 'exists':
      return [' IF EXISTS'];
    case 'not_exists':
      return [' IF NOT EXISTS'];
    case 'all':
      return [' IF ', ...joined(condition.comparisons.map(comparisonPieces), ' AND ')];
    default:
      return condition satisfies never;
  }
}

function comparisonPieces({ place, operator, values }: Comparison): Piece[] {
  const listed = joined(
    values.map((value): Piece[] => [value]),
    ', ',
  );
  return [...placePieces(place), ` ${operator} `, ...(operator === 'IN' ? ['(', ...listed, ')'] : listed)];
}
