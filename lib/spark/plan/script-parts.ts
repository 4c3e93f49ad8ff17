import { WORKS_WITH } from './versions';

/** The parts of a script that every job has. Python, as a person would read it. */

/** A value as Python writes it: JSON's texts and numbers are Python's too. */
export function python(value: string | number | boolean | null | readonly string[]): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map((one: string) => python(one)).join(', ')}]`;
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

/** Text inside a docstring or a comment: one line, and nothing that ends it. */
export function prose(text: string): string {
  return text.replaceAll(/[\s\\]+/g, ' ').replaceAll('"', "'");
}

export const IMPORTS = `import argparse
import json
import sys
import threading
from datetime import datetime, timezone

from pyspark.sql import Observation, SparkSession
from pyspark.sql import functions as F
`;

/** What a script says to whoever follows it, and how it watches itself. */
export const FOLLOWING = `
# The Spark and the Scala that the connector is made for.
WORKS_WITH = ${python(Object.values(WORKS_WITH))}


def say(event, **facts):
    """Prints one line of JSON. --events also adds it to a file, for a driver whose output is elsewhere."""
    line = json.dumps({"event": event, "at": now(), **facts})
    print(line, flush=True)
    if ARGUMENTS.events:
        with open(ARGUMENTS.events, "a", encoding="utf-8") as file:
            file.write(line + "\\n")


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def follow(spark, ended):
    """Says how many tasks of the running stages are done, when that has changed: every second at most."""
    tracker, said = spark.sparkContext.statusTracker(), {}
    while not ended.wait(1):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        for stage in filter(None, stages):
            if said.get(stage.stageId) != stage:
                said = {stage.stageId: stage}
                say("stage", id=stage.stageId, step=STEP[0], tasks=stage.numTasks, done=stage.numCompletedTasks,
                    running=stage.numActiveTasks, failed=stage.numFailedTasks)


def check_versions(spark):
    """Another Spark may end in errors that do not say why, or change values in ways that were not tried."""
    found = spark.version, spark._jvm.scala.util.Properties.versionNumberString()
    if not all(f"{have}.".startswith(f"{want}.") for have, want in zip(found, WORKS_WITH)):
        raise RuntimeError("The connector is made for Spark {} built with Scala {}.".format(*WORKS_WITH)
                           + " This is Spark {} with Scala {}.".format(*found))


def step(spark, name):
    """Names what follows, here and in Spark's own UI."""
    STEP[0] = name
    spark.sparkContext.setJobDescription(name)
    say("step", name=name)


def observed(observation):
    """The observed rows; None when Spark does not give them within a minute, as after a failure."""
    found = []
    asking = threading.Thread(target=lambda: found.append(observation.get["rows"]), daemon=True)
    asking.start()
    asking.join(60)
    return found[0] if found else None


def cassandra(spark, keyspace, table, pushdown=True):
    options = {"keyspace": keyspace, "table": table, "pushdown": str(pushdown).lower()}
    return spark.read.format("org.apache.spark.sql.cassandra").options(**options).load()
`;

/** How a script starts, ends, and says which. */
export const ENDING = `
if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", help="a file that gets every line of JSON too")
    ARGUMENTS = parser.parse_args()
    STEP = [""]
    spark = SparkSession.builder.appName(NAME).getOrCreate()
    context = spark.sparkContext
    say("started", applicationId=context.applicationId, ui=context.uiWebUrl, spark=spark.version)
    ended = threading.Event()
    threading.Thread(target=follow, args=(spark, ended), daemon=True).start()
    try:
        check_versions(spark)
        isComplete = main(spark)
    except Exception as error:
        say("failed", message=str(error)[:4000])
        raise
    finally:
        ended.set()
    # Spark calls a killed application FINISHED: only this status, and the manifest, say that nothing is missing.
    sys.exit(0 if isComplete else 3)
`;

/** Reads and writes small files where Spark keeps its own: on a disk, HDFS or an object store. */
export const FILES = `

def files_in(spark, path):
    """Name and bytes of each part file in a directory."""
    java = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = java.getFileSystem(spark._jsc.hadoopConfiguration())
    found = [(each.getPath().getName(), each.getLen()) for each in system.listStatus(java) if each.isFile()]
    return sorted((name, size) for name, size in found if name.startswith("part-"))


def write_text(spark, path, text):
    java = spark._jvm.org.apache.hadoop.fs.Path(path)
    out = java.getFileSystem(spark._jsc.hadoopConfiguration()).create(java, False)
    try:
        out.write(bytearray(text, "utf-8"))
    finally:
        out.close()
`;

/** Finds the files of a load. */
export const SOURCE_FILES = `

def files_of(spark, path):
    """The files of a directory, without those of Spark and the manifest of an export; a file is itself."""
    java = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = java.getFileSystem(spark._jsc.hadoopConfiguration())
    found = [each.getPath() for each in system.listStatus(java) if each.isFile()]
    files = [each.toString() for each in found if each.getName()[0] not in "_." and each.getName() != "manifest.json"]
    if not files:
        raise ValueError(f"There are no files in {path}.")
    return files
`;
