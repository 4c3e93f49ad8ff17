import { expect, it } from 'vitest';
import { sectionText } from './node-section-text';

it.each([
  ['completed_tasks', '9223372036854775807', 'Completed tasks', '9,223,372,036,854,775,807'],
  ['progress', '12', 'Progress', '12'],
  ['request_count', '1000', 'Request count', '1,000'],
  ['capacity_bytes', '1048576', 'Capacity', '1.00 MiB'],
  ['running_micros', '399', 'Running, ms', '0.399'],
  ['running_micros', '1234567', 'Running, ms', '1,234.567'],
  ['hit_ratio', '0.25', 'Hit ratio', '25.0 %'],
  ['recent_request_rate_per_second', '7', 'Recent request rate/s', '7'],
  ['completion_ratio', '1.042', 'Completion ratio', '100.0 %'],
  ['progress_percentage', '33.333332', 'Progress', '33.3 %'],
  ['state', '4', 'State', 'finalized'],
  ['state', '9', 'State', '9'],
  ['jobs', '6ddb3c15-3d9a-4ce9-84a6-e947dd123456', 'Jobs', '6ddb3c15-3d9a-4ce9-84a6-e947dd123456'],
  ['keyspace_name', '1000', 'Keyspace', '1000'],
])('reads %s %s', (column, value, label, text) => {
  const found = sectionText(column);
  expect([found.label, found.read(value)]).toEqual([label, text]);
});
