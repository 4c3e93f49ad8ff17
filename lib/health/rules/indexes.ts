import type { Evidence, Finding } from '@/lib/contract/health';
import { formatCount, plural } from '@/lib/text/format';
import type { IndexSample } from '../facts';
import { counted, finding, type Rule } from '../finding';
import {
  COMMON_SHARE,
  currentSamples,
  DISTINCT_SHARE,
  ENOUGH_PLACES,
  ENOUGH_VALUES,
  FEW_VALUES,
  type IndexJudgement,
  judgeIndex,
  MANY_ENTRIES,
} from '../index-values';

/** Secondary indexes of the older kind on columns that they do not suit, by samples that people had taken. */

type Judged<Is extends IndexJudgement['is']> = Extract<IndexJudgement, { readonly is: Is }>;

export const indexCardinality: Rule = (facts) =>
  currentSamples(facts).flatMap((sample): Finding[] => {
    const judged = judgeIndex(sample, facts);
    switch (judged.is) {
      case 'high':
        return [highCardinality(sample, judged)];
      case 'low':
        return [lowCardinality(sample, judged)];
      case 'none':
        return [];
      default:
        return judged satisfies never;
    }
  });

function highCardinality(sample: IndexSample, { nodes, replicas }: Judged<'high'>): Finding {
  const { keyspace, table, index, column, values, distinct } = sample;
  return finding({
    kind: 'index_high_cardinality',
    subject: `${keyspace}.${table}/${index}`,
    severity: 'notice',
    title: `Nearly every row of ${keyspace}.${table} has another ${column}, which is in the secondary index ${index}.`,
    evidence: [
      ...evidenceOf(sample),
      counted('Nodes in a datacenter', nodes, 'count', sample.askedAt),
      counted('Replicas there', replicas, 'count', sample.askedAt),
    ],
    threshold: {
      text: `${DISTINCT_SHARE * 100} % of at least ${formatCount(ENOUGH_VALUES)} sampled values differ, from ${ENOUGH_PLACES} places, and a datacenter has more nodes than replicas.`,
      source: 'Cassandra’s documentation of secondary indexes: not on columns with many different values',
    },
    meaning:
      'Each node indexes its own rows. A query by this column alone asks node after node for the few rows that one of them has.',
    action: `Keep a table whose partition key is ${column}, or, since Cassandra 5.0, use an SAI index.`,
    statement: sample.statement,
    blindSpot: `Whether queries also give the partition key: then only its replicas are asked, and all is well. ${distinct === values ? 'No value came twice' : `${plural(values - distinct, 'value')} came again`} in the sample.`,
  });
}

function lowCardinality(sample: IndexSample, { entries }: Judged<'low'>): Finding {
  const { keyspace, table, index, column, distinct } = sample;
  return finding({
    kind: 'index_low_cardinality',
    subject: `${keyspace}.${table}/${index}`,
    severity: 'notice',
    title: `${column} of ${keyspace}.${table} has few values, ${plural(distinct, 'value')} in a sample, and is in the secondary index ${index}.`,
    evidence: [
      ...evidenceOf(sample),
      counted('Rows of the most common value on a node, at least', entries, 'count', sample.askedAt),
    ],
    threshold: {
      text: `At most ${FEW_VALUES} values in a sample of ${formatCount(ENOUGH_VALUES)}, from ${ENOUGH_PLACES} places, and one of them in ${COMMON_SHARE * 100} % of all rows and in ${formatCount(MANY_ENTRIES)} of a node.`,
      source: 'Cassandra’s documentation of secondary indexes: not on columns with few values, such as booleans',
    },
    meaning:
      'A node keeps all its entries of one value in one partition of the index, and looks each row up alone: such a query costs about as much as reading the whole table.',
    action: `Drop the index if nobody uses it, add the partition key to its queries, or put ${column} and a bucket into the partition key of another table.`,
    statement: sample.statement,
    blindSpot:
      'The number of partitions is an estimate of the nodes, from SSTables. Whether queries also give the partition key is not known: then few entries are read.',
  });
}

function evidenceOf({ values, nulls, distinct, most, places, askedAt }: IndexSample): Evidence[] {
  return [
    counted('Values sampled', values, 'count', askedAt),
    counted('Rows without a value', nulls, 'count', askedAt),
    counted('Different values', distinct, 'count', askedAt),
    counted('Rows of the most common value', most, 'count', askedAt),
    counted('Places of the ring', places, 'count', askedAt),
  ];
}
