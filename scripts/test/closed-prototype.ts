/**
 * For test files that share a process. A driver that keeps a copy of the schema looks up keyspaces by their names in plain
 * objects, and some tests have one named `__proto__`: what it notes there would be on every object of all later tests.
 */
Object.preventExtensions(Object.prototype);
