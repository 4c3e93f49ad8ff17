import type { ErrorOption } from '@/lib/contract/errors';

/** Where in a page the malformed bytes are: rows and columns count from 0. */
export interface WirePosition {
  readonly row: number;
  readonly column: string;
}

/** Bytes that do not follow the native protocol, with the cell that contains them once known. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly place: WirePosition | undefined;
  readonly reason: string;

  constructor(reason: string, place?: WirePosition, cause?: unknown) {
    super(place ? `row ${place.row}, column "${place.column}": ${reason}` : reason, { cause });
    this.reason = reason;
    this.place = place;
  }
}

/** Columns or options that the requested format cannot represent; the message says what to change. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  /** The request option that would help, if any. */
  readonly option: ErrorOption | undefined;

  constructor(message: string, option?: ErrorOption) {
    super(message);
    this.option = option;
  }
}

/**
 * A value that is impossible in the requested form: JSON that is not a value of the type, or a value that a file's format
 * cannot hold. `path` says which: '' for the value itself, such as `tags[2]` within it, or its row and column.
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
 * An error from writing a cell, with its row and column added.
 * @param cells cells that identify the row for people
 */
export function placedError(error: unknown, { row, column }: WirePosition, cells: () => string): unknown {
  if (error instanceof WireError) return new WireError(error.reason, { row, column }, error);
  if (!(error instanceof ValueError)) return error;
  const text = cells();
  return new ValueError(error.reason, `row ${row + 1}${text === '' ? '' : ` (${text})`}, column "${column}"`);
}
