/** A Spark, by its own version and the Scala that it was built with. */
export interface SparkVersion {
  /** Such as `3.5.9`. */
  readonly spark: string;
  /** Such as `2.12`; null: not known. */
  readonly scala: string | null;
}

/** What Ringside's connector is made for: its newest release, 3.5.1. There is none for Spark 4. */
export const WORKS_WITH = { spark: '3.5', scala: '2.12' } as const;

/**
 * Why a Spark cannot be used; null: it can.
 * @param where what was found to have this version
 * @param todo what to do instead, as a sentence
 */
export function whyUnfit(where: string, { spark, scala }: SparkVersion, todo: string): string | null {
  if (isOf(spark, WORKS_WITH.spark) && (scala === null || isOf(scala, WORKS_WITH.scala))) return null;
  const built = scala === null ? '' : ` built with Scala ${scala}`;
  return `${where} is Spark ${spark}${built}. The Spark Cassandra Connector 3.5.1 is made for Spark ${WORKS_WITH.spark} built with Scala ${WORKS_WITH.scala}, and Ringside starts jobs on no other. ${todo}`;
}

function isOf(version: string, release: string): boolean {
  return version === release || version.startsWith(`${release}.`);
}
