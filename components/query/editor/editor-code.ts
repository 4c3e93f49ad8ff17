/** The editor, and all that says what a statement is and does: one piece of code that loads beside the page. */
export { classifyOnce } from '@/lib/cql/classify-once';
export { schemaLookup } from '@/lib/cql/schema-lookup';
export { noWritesOn, permitted, runnableAll, runnableAt } from '@/lib/workbench/runnable';
export { default as CqlEditor } from './cql-editor';
