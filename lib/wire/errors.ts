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
}

/** A JSON value that cannot be a value of the type asked for. `path` is '' for the value itself, else like `tags[2]`. */
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
