import { describe, expect, it } from 'vitest';
import { schemaFiles } from './schemas.mjs';

const kind = (group: string, version: string, name: string) => ({
  'x-kubernetes-group-version-kind': [{ group, version, kind: name }],
});
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const swagger = {
  definitions: {
    'v1.Service': { type: 'object', properties: { spec: { type: 'object' } }, ...kind('', 'v1', 'Service') },
    'v1.Policy': { type: 'object', ...kind('networking.k8s.io', 'v1', 'NetworkPolicy') },
    'v1.Labels': { type: 'object', properties: {}, additionalProperties: { type: 'string' } },
    'v1.Options': {
      'x-kubernetes-group-version-kind': [
        { group: '', version: 'v1', kind: 'DeleteOptions' },
        { group: 'apps', version: 'v1', kind: 'DeleteOptions' },
      ],
    },
    [INT_OR_STRING]: { type: 'string', format: 'int-or-string' },
  },
};

describe('the schemas of Kubernetes', () => {
  const { '_definitions.json': all, ...files } = schemaFiles(swagger);
  const definitions = all?.definitions as Record<string, object>;

  it('have the names under which kubeconform looks for a kind', () => {
    expect(files).toEqual({
      'service-v1.json': { $ref: '_definitions.json#/definitions/v1.Service' },
      'networkpolicy-networking-v1.json': { $ref: '_definitions.json#/definitions/v1.Policy' },
    });
  });

  it('allow no key that an object does not have, and leave maps open', () => {
    expect(definitions['v1.Service']).toMatchObject({ additionalProperties: false });
    expect(definitions['v1.Labels']).toMatchObject({ additionalProperties: { type: 'string' } });
    expect(definitions['v1.Policy']).not.toHaveProperty('additionalProperties');
  });

  it('allow a port by number and by name', () => {
    expect(definitions[INT_OR_STRING]).toEqual({ oneOf: [{ type: 'string' }, { type: 'integer' }] });
  });
});
