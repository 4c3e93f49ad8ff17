import * as z from 'zod/mini';

/** Where Spark runs. Anything else could be read as another option of spark-submit. */
export const sparkMasterSchema = z
  .string()
  .check(
    z.regex(
      /^(local\[(\*|[1-9]\d{0,3})\]|yarn|(spark:\/\/|k8s:\/\/(https?:\/\/)?)[A-Za-z0-9][A-Za-z0-9.,:-]{0,400}(\/[A-Za-z0-9._/-]{0,200})?)$/,
      'a master is local[*], local[N], spark://host:port, yarn or k8s://https://host:port',
    ),
  );
