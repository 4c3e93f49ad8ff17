import { describe, expect, it } from 'vitest';
import type { ClusterEdit } from '@/lib/contract/configured';
import { type EditForm, editIn, effectsOf, formOf, NEW_CLUSTER, secretChoice } from './edit-form';

const CLUSTER: ClusterEdit = {
  ...NEW_CLUSTER,
  name: 'a',
  isNew: false,
  label: 'A',
  contactPoints: ['10.0.0.1', '10.0.0.2:9142'],
  localDatacenter: 'dc1',
  tls: { serverName: 'db', verify: false },
};

describe('the form of a cluster', () => {
  it.each<Partial<ClusterEdit>>([
    {},
    { username: { text: 'ada' }, password: { secret: 'prod' } },
    { username: { secret: 'user' }, password: 'kept' },
    { username: 'kept', tls: null },
    { disabled: true, writes: true, consistency: 'LOCAL_QUORUM', pageRows: 7, tls: { verify: true } },
  ])('stands for the edit that it was made from: %j', (more) => {
    expect(editIn(formOf({ ...CLUSTER, ...more }))).toEqual({ edit: { ...CLUSTER, ...more } });
  });

  it.each<[Partial<EditForm>, keyof EditForm]>([
    [{ name: ' ' }, 'name'],
    [{ contactPoints: ' , ' }, 'contactPoints'],
    [{ port: '0' }, 'port'],
    [{ port: '70000' }, 'port'],
    [{ port: 'x' }, 'port'],
    [{ pageRows: '0' }, 'pageRows'],
    [{ pageRows: '1.5' }, 'pageRows'],
    [{ consistency: 'MOST' }, 'consistency'],
    [{ username: 'text', usernameText: ' ' }, 'usernameText'],
  ])('with %j names the field', (change, field) => {
    expect(editIn({ ...formOf(CLUSTER), ...change })).toEqual({ errors: { [field]: expect.any(String) } });
  });

  it('refers to secrets by name', () => {
    const form = { ...formOf(CLUSTER), password: secretChoice('kept') };
    expect(editIn(form)).toMatchObject({ edit: { password: { secret: 'kept' } } });
  });
});

it('says what a change does to people who work', () => {
  const change = (what: 'added' | 'removed' | 'adjusted' | 'reconnected', isNowReadOnly = false) =>
    effectsOf({ changes: [{ name: 'a', what, isNowReadOnly }] });
  expect(effectsOf({ changes: [] })).toEqual(['Nothing that is in use changes.']);
  expect(change('removed')[0]).toContain('jobs are paused');
  expect(change('reconnected')[0]).toContain('can be resumed');
  expect(change('adjusted', true)).toHaveLength(2);
});
