import type { ErrorOption } from '@/lib/contract/errors';

/** Where in a page the malformed bytes are: rows and columns count from 0. */
export interface WirePlace {
  readonly row: number;
  readonly column: string;
}

/** Bytes that do not follow the native protocol, with the cell that they were found in once that is known. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly place: WirePlace | undefined;
  readonly reason: string;

  constructor(reason: string, place?: WirePlace, cause?: unknown) {
    super(place ? `row ${place.row}, column "${place.column}": ${reason}` : reason, { cause });
    this.reason = reason;
    this.place = place;
  }
}

/** Columns or options that cannot be written in the format asked for; the message says what to change. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  /** The request's option that would help, where there is one. */
  readonly option: ErrorOption | undefined;

  constructor(message: string, option?: ErrorOption) {
    super(message);
    this.option = option;
  }
}

/**
 * A value that cannot be had in the form asked for: JSON that is no value of the type, or a value that a file's format
 * cannot hold. `path` says which: '' for the value itself, like `tags[2]` within it, or its row and column.
 */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  readonly path: string;
  readonly reason: string;

  constructor(reason: string, path = '') {
    super(path === '' ? reason : `${path}: ${reason}`);
    this.reason = reason;
    this.path = path;
  }
}

/**
 * What was found wrong while writing a cell, with the row and column that it is about.
 * @param cells what a person finds the row by
 */
export function placedError(error: unknown, { row, column }: WirePlace, cells: () => string): unknown {
  if (error instanceof WireError) return new WireError(error.reason, { row, column }, error);
  if (!(error instanceof ValueError)) return error;
  const text = cells();
  return new ValueError(error.reason, `row ${row + 1}${text === '' ? '' : ` (${text})`}, column "${column}"`);
}
