import type { SparkFormat } from '@/lib/contract/spark';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { SqlColumn } from './mapping';
import { ENDING, FILES, FOLLOWING, IMPORTS, prose, python, SOURCE_FILES } from './script-parts';
import { sqlName, zeroDuration } from './sql';
import { type RowUsing, usingColumns, writeOptions } from './using';

/** The version of the connector and of Spark that Ringside's scripts were tried with. */
export const PYSPARK = '3.5.9';
export const CONNECTOR = 'com.datastax.spark:spark-cassandra-connector_2.12:3.5.1';

/** A table that Spark reads. */
export interface Source {
  readonly keyspace: string;
  readonly table: string;
  /** Spark SQL; null: all rows. */
  readonly condition: string | null;
  /** False: Spark filters by itself, as for static columns, whose filters the connector loses. */
  readonly pushdown: boolean;
}

export interface About {
  readonly ringside: string;
  /** Columns that may lose values and were accepted so. */
  readonly accepted: readonly string[];
}

export interface ExportScript {
  readonly source: Source;
  readonly columns: readonly ColumnShape[];
  readonly format: SparkFormat;
  readonly target: string;
}

interface Written {
  readonly keyspace: string;
  readonly table: string;
  /** The columns of the primary key. */
  readonly key: readonly string[];
  readonly columns: readonly SqlColumn[];
  /** Where rows that do not fit go; null: none can fail. */
  readonly failed: string | null;
  readonly using: RowUsing;
}

export interface CopyScript extends Written {
  readonly source: Source;
}

export interface LoadScript extends Written {
  readonly path: string;
  readonly format: SparkFormat;
  /** Fields of the files that are used. */
  readonly fields: readonly string[];
  /** Of Parquet: the type that Spark must find a field with, for those it names with one word. */
  readonly types: Readonly<Record<string, string>>;
}

const SPARK_NAMES: Readonly<Record<SparkFormat, string>> = { csv: 'csv', ndjson: 'json', parquet: 'parquet' };

/** Options of files that lose nothing: by default Spark trims text, escapes by backslash and leaves nulls out of JSON. */
const WRITE_OPTIONS: Readonly<Record<SparkFormat, string>> = {
  csv: `{
    "header": "true",
    "quote": '"',
    "escape": '"',
    "nullValue": "",
    "emptyValue": '""',
    "lineSep": "\\n",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
}`,
  ndjson: `{"ignoreNullFields": "false", "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"}`,
  parquet: `{"compression": "snappy"}`,
};

/**
 * By name: files may have their columns in another order. Spark calls whatever equals its null text null, quoted or not, so
 * that text is one that no file has: then only fields without quotes are null when they are empty.
 */
const READ_CSV = `{"header": "true", "quote": '"', "escape": '"', "multiLine": "true", "enforceSchema": "false", "emptyValue": "", "nullValue": "\\u0000"}`;
const READ_OPTIONS: Readonly<Record<SparkFormat, string>> = {
  csv: READ_CSV,
  ndjson: `{"primitivesAsString": "true"}`,
  parquet: '{}',
};

/** A script that writes a table into files. Complete only when the rows observed are the rows read back from them. */
export function exportScript(work: ExportScript, about: About): string {
  const { source, columns, format, target } = work;
  const name = `${source.keyspace}.${source.table}`;
  return `"""
Exports ${prose(name)} to ${format} files with Apache Spark and the Spark Cassandra Connector.

${written(about)} It writes manifest.json last, and its exit status is 0 only when the rows that
Spark observed while it wrote equal the rows that it read back from the files, part by part.
"""
${IMPORTS}
NAME = ${python(`Ringside: export of ${name}`)}
RINGSIDE = ${python(about.ringside)}
${sourceConstants(source)}
# Each column as it is written.
COLUMNS = [
${columns.map((column) => `    ${python(selected(column, format))},`).join('\n')}
]
FORMAT = ${python(SPARK_NAMES[format])}
OPTIONS = ${WRITE_OPTIONS[format]}
# How the files are read back.
READ_OPTIONS = ${format === 'ndjson' ? '{}' : READ_OPTIONS[format]}
# The directory must not exist yet.
TARGET = ${python(target)}
# Columns whose values Spark may change, which was accepted.
ACCEPTED = ${python(about.accepted)}
${FOLLOWING}${FILES}
${EXPORT_MAIN}
${ENDING}`;
}

const ROWS_OF_SOURCE = `    rows = cassandra(spark, KEYSPACE, TABLE, PUSHDOWN)
    if CONDITION:
        rows = rows.where(CONDITION)`;

const EXPORT_MAIN = `
def main(spark):
    started = now()
${ROWS_OF_SOURCE}
    rows = rows.selectExpr(*COLUMNS)

    step(spark, "write")
    counting = Observation("written")
    rows = rows.observe(counting, F.count(F.lit(1)).alias("rows"))
    rows.write.format(FORMAT).options(**OPTIONS).mode("errorifexists").save(TARGET)
    written = observed(counting)
    say("written", rows=written)

    step(spark, "read back")
    files = files_in(spark, TARGET)
    again = spark.read.format(FORMAT).schema(rows.schema).options(**READ_OPTIONS).load(TARGET) if files else None
    counts = again.groupBy(F.input_file_name().alias("file")).count().collect() if again else []
    by_name = {row["file"].rsplit("/", 1)[-1]: row["count"] for row in counts}
    parts = [{"name": name, "rows": by_name.get(name, 0), "bytes": size, "sha256": None} for name, size in files]
    found = sum(part["rows"] for part in parts)
    is_complete = written is not None and written == found

    manifest = {
        "version": 1, "isComplete": is_complete, "ringside": RINGSIDE, "spark": spark.version,
        "startedAt": started, "endedAt": now(), "table": f"{KEYSPACE}.{TABLE}", "condition": CONDITION,
        "rows": found, "rowsObserved": written, "rowsReadBack": found,
        "bytes": sum(part["bytes"] for part in parts), "parts": parts, "warnings": [], "accepted": ACCEPTED,
    }
    write_text(spark, TARGET + "/manifest.json", json.dumps(manifest, indent=2) + "\\n")
    say("ended", isComplete=is_complete, rowsObserved=written, rowsReadBack=found, rowsFailed=0, bytes=manifest["bytes"])
    return is_complete
`;

/** A script that writes the rows of a table into another one. Complete only when every key is found there afterwards. */
export function copyScript(work: CopyScript, about: About): string {
  const name = `${work.source.keyspace}.${work.source.table}`;
  return writingScript(work, about, `Copies ${name}`, {
    constants: sourceConstants(work.source),
    read: ROWS_OF_SOURCE,
    helpers: '',
  });
}

/** A script that writes the rows of files into a table. Complete only when every key is found there afterwards. */
export function loadScript(work: LoadScript, about: About): string {
  const constants = `SOURCE = ${python(work.path)}
FORMAT = ${python(SPARK_NAMES[work.format])}
READ_OPTIONS = ${READ_OPTIONS[work.format]}
# Fields of the files that are used.
FIELDS = ${python(work.fields)}
# The types that Parquet must have.
TYPES = ${JSON.stringify(work.types)}`;
  const read = work.format === 'parquet' ? READ_PARQUET : READ_TEXT;
  return writingScript(work, about, `Loads ${work.format} files`, { constants, read, helpers: SOURCE_FILES });
}

/** The connector narrows numbers in silence, so every field must have its column's type. */
const READ_PARQUET = `    rows = spark.read.format(FORMAT).options(**READ_OPTIONS).load(files_of(spark, SOURCE))
    found = dict(rows.dtypes)
    wrong = [f"{name} is {found.get(name)}, not {kind}" for name, kind in TYPES.items() if found.get(name) != kind]
    if wrong:
        raise ValueError("; ".join(wrong))`;

/** Every field as text: nothing is guessed, and a line that is no record is a failed row. */
const READ_TEXT = `    files = files_of(spark, SOURCE)
    options = {**READ_OPTIONS, "mode": "PERMISSIVE", "columnNameOfCorruptRecord": BROKEN}
    names = [name for name in spark.read.format(FORMAT).options(**options).load(files).columns if name != BROKEN]
    missing = [name for name in FIELDS if name not in names]
    if missing:
        raise ValueError(f"The files have no field named {', '.join(missing)}.")
    schema = ", ".join("\`" + name.replace("\`", "\`\`") + "\` STRING" for name in [*names, BROKEN])
    rows = spark.read.format(FORMAT).schema(schema).options(**options).load(files)`;

interface Reading {
  readonly constants: string;
  readonly read: string;
  /** Functions that it calls. */
  readonly helpers: string;
}

function writingScript(work: Written, about: About, what: string, { constants, read, helpers }: Reading): string {
  const into = `${work.keyspace}.${work.table}`;
  const hasBroken = read === READ_TEXT;
  const using = usingColumns(work.using);
  return `"""
${prose(what)} into ${prose(into)} with Apache Spark and the Spark Cassandra Connector.

${written(about)} ${timesOf(work.using)}
Its exit status is 0 only when every row fits and every key was found in the table afterwards.
"""
${IMPORTS}
NAME = ${python(`Ringside: ${what} into ${into}`)}
${constants}
# The column that gets lines which are no records.
BROKEN = "ringside_broken_record"
INTO = ${python([work.keyspace, work.table])}
KEY = ${python(work.key)}
# Each column that is written, in Spark SQL.
COLUMNS = [
${[...work.columns, ...using].map(({ name, value }) => `    ${python(`${value} AS ${sqlName(name)}`)},`).join('\n')}
]
# When a row cannot be written, and why.
FAULTS = [
${faultsOf([...work.columns, ...using], hasBroken)}
]
# Rows that cannot be written go here, one JSON object a line; the directory must not exist yet.
FAILED = ${python(work.failed)}
WRITE_OPTIONS = ${writeOptions(work.using)}
# Columns whose values Spark may change, which was accepted.
ACCEPTED = ${python(about.accepted)}
${FOLLOWING}${helpers}
${writingMain(read)}
${ENDING}`;
}

function timesOf({ timestampMicros }: RowUsing): string {
  return timestampMicros === null
    ? `A row's write time is that of its write: with one
fixed time, a list that Spark writes again would have its elements twice.`
    : `Every row has a write time that is fixed here or
in its own field, so a second run of this script writes the same again.`;
}

function faultsOf(columns: readonly SqlColumn[], hasBroken: boolean): string {
  const faults = columns.flatMap((column) => column.faults);
  const lines = faults.map(({ when, reason }) => `    (${python(when)}, ${python(reason)}),`);
  return [...(hasBroken ? ['    (f"`{BROKEN}` IS NOT NULL", "not a record"),'] : []), ...lines].join('\n');
}

function writingMain(read: string): string {
  return `
def main(spark):
${read}
    reasons = [F.when(F.expr(when), F.lit(reason)) for when, reason in FAULTS]
    rows = rows.withColumn("ringside_reason", F.concat_ws("; ", *reasons) if reasons else F.lit(""))
    # The rows are read three times: to write the good ones, to keep the others, and to look for the keys.
    good = rows.where("ringside_reason = ''").selectExpr(*COLUMNS)

    failed = 0
    if FAILED:
        step(spark, "keep failed rows")
        counting = Observation("failed")
        bad = rows.where("ringside_reason <> ''").observe(counting, F.count(F.lit(1)).alias("rows"))
        bad.write.format("json").options(ignoreNullFields="false").mode("errorifexists").save(FAILED)
        failed = observed(counting)

    step(spark, "write")
    counting = Observation("written")
    good = good.observe(counting, F.count(F.lit(1)).alias("rows"))
    options = {"keyspace": INTO[0], "table": INTO[1], **WRITE_OPTIONS}
    good.write.format("org.apache.spark.sql.cassandra").options(**options).mode("append").save()
    written = observed(counting)
    say("written", rows=written, failed=failed)

    step(spark, "read back")
    # Rows with one key are one row: as many keys as were written must be there.
    keys = rows.where("ringside_reason = ''").selectExpr(*COLUMNS).select(*[F.col(f"\`{name}\`") for name in KEY]).distinct()
    there = cassandra(spark, *INTO).select(*[F.col(f"\`{name}\`") for name in KEY])
    wanted, missing = keys.count(), keys.join(there, KEY, "left_anti").count()
    is_complete = written is not None and failed == 0 and missing == 0 and wanted <= written
    say("ended", isComplete=is_complete, rowsObserved=written, rowsReadBack=wanted - missing, rowsFailed=failed,
        keys=wanted, keysMissing=missing)
    return is_complete
`;
}

function written({ ringside }: About): string {
  return `Written by Ringside ${ringside} for Spark ${PYSPARK} and ${CONNECTOR}.
Run it with spark-submit and the properties file that came with it: the connection is there, not here.
It prints a line of JSON for each event.`;
}

function sourceConstants({ keyspace, table, condition, pushdown }: Source): string {
  return `KEYSPACE = ${python(keyspace)}
TABLE = ${python(table)}
# Rows to take, in Spark SQL; None for all.
CONDITION = ${python(condition)}
# Whether Cassandra may filter; otherwise Spark reads all rows and filters them.
PUSHDOWN = ${python(pushdown)}`;
}

/** CSV holds no collections and neither text format holds bytes; a duration of zero gets its text. */
function selected({ name, type }: ColumnShape, format: SparkFormat): string {
  const plain = sqlName(name);
  if (type.kind === 'native' && type.name === 'duration') return `${zeroDuration(plain)} AS ${plain}`;
  if (format === 'parquet') return plain;
  if (type.kind === 'native') return type.name === 'blob' ? `concat('0x', lower(hex(${plain}))) AS ${plain}` : plain;
  return format === 'csv' ? `to_json(${plain}) AS ${plain}` : plain;
}
