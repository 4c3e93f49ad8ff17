import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {Record<string, unknown>} Schema */
/** @typedef {{ definitions: Record<string, Schema> }} Swagger */

/** What Swagger has no words for. */
const BOTH = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { oneOf: [{ type: 'string' }, { type: 'integer' }] },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
};

/**
 * Kubernetes' description of its API as the files in which kubeconform looks for a kind, strict: a key that no version of
 * the object has is an error.
 * @param {Swagger} swagger
 * @returns {Record<string, Schema>} by file name
 */
export function schemaFiles({ definitions }) {
  const strict = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      'properties' in schema && !('additionalProperties' in schema)
        ? { ...schema, additionalProperties: false }
        : schema,
    ]),
  );
  const files = Object.entries(definitions).flatMap(([name, schema]) => {
    const kinds = /** @type {{ group: string, version: string, kind: string }[] | undefined} */ (
      schema['x-kubernetes-group-version-kind']
    );
    // Options of requests stand for many kinds, objects for one.
    if (kinds?.length !== 1) return [];
    return kinds.map(({ group, version, kind }) => {
      const suffix = [...(group === '' ? [] : [group.split('.', 1)[0]]), version].join('-');
      return [`${kind.toLowerCase()}-${suffix}.json`, { $ref: `_definitions.json#/definitions/${name}` }];
    });
  });
  return { '_definitions.json': { definitions: { ...strict, ...BOTH } }, ...Object.fromEntries(files) };
}

/**
 * @param {Swagger} swagger
 * @param {string} folder
 * @returns {string} the argument `-schema-location`
 */
export function writeSchemas(swagger, folder) {
  for (const [name, schema] of Object.entries(schemaFiles(swagger))) {
    writeFileSync(join(folder, name), JSON.stringify(schema));
  }
  return join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
}
