import 'server-only';

/** The files of a job on Spark, in its directory. */
export const SCRIPT_FILE = 'job.py';
export const PROPERTIES_FILE = 'spark.conf';
export const EVENTS_FILE = 'events.ndjson';
export const LOG_FILE = 'spark.log';
/** Where an export without a target writes, below the job's directory. */
export const OWN_TARGET = 'files';
/** Copies of the connector's jars, for a driver that runs elsewhere; removed after. */
export const JARS_DIRECTORY = 'jars';
