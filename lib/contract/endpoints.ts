/**
 * Every endpoint of Ringside, one constant an address. They are plain literals in a file for each subject: code that calls
 * one endpoint names its file, so that a page does not load the schemas of all.
 */
export * from './endpoints/approvals';
export * from './endpoints/audit';
export * from './endpoints/change-many';
export * from './endpoints/cluster';
export * from './endpoints/compare';
export * from './endpoints/configuration';
export * from './endpoints/copy';
export * from './endpoints/exports';
export * from './endpoints/load';
export * from './endpoints/mutations';
export * from './endpoints/operate';
export * from './endpoints/rights';
export * from './endpoints/roles';
export * from './endpoints/saved';
export * from './endpoints/schedules';
export * from './endpoints/server';
export * from './endpoints/sign-in';
export * from './endpoints/spark';
export * from './endpoints/statements';
export * from './endpoints/tables';
