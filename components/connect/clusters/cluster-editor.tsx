'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { testCluster } from '@/lib/client/configuration';
import { type EditErrors, type EditPartProps, editIn, formOf } from '@/lib/cluster/edit-form';
import type { ClusterEdit, ConfigurationView } from '@/lib/contract/configured';
import { TestPanel } from '../test-panel';
import { LoginFields } from './login-fields';
import { PlaceFields, UseFields } from './place-fields';

type ClusterEditorProps = {
  edit: ClusterEdit;
  secrets: ConfigurationView['secrets'];
  onReview: (cluster: ClusterEdit) => void;
  onCancel: () => void;
};

/** One cluster to add or change: tested from here, then reviewed. Nothing is written before that. */
export function ClusterEditor({ edit, secrets, onReview, onCancel }: ClusterEditorProps) {
  const [form, setForm] = useState(() => formOf(edit));
  const [errors, setErrors] = useState<EditErrors>({});
  const test = useMutation({ mutationFn: testCluster });
  const asked = editIn(form);
  const checked = (run: (cluster: ClusterEdit) => void) => {
    setErrors('errors' in asked ? asked.errors : {});
    if ('edit' in asked) run(asked.edit);
  };
  const onTest = () => checked((cluster) => test.mutate(cluster));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    checked(onReview);
  };
  const part: EditPartProps = { form, errors, onChange: (change) => setForm((now) => ({ ...now, ...change })) };
  const isStale =
    test.variables !== undefined &&
    (!('edit' in asked) || JSON.stringify(asked.edit) !== JSON.stringify(test.variables));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)]">
      <form onSubmit={onSubmit} noValidate aria-label={edit.isNew ? 'New cluster' : `Edit ${edit.name}`}>
        <Panel title={edit.isNew ? 'New cluster' : `Edit ${edit.label ?? edit.name}`}>
          <div className="flex flex-col gap-4">
            <PlaceFields {...part} />
            <LoginFields {...part} secrets={secrets} before={edit} />
            <UseFields {...part} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary">
                Review the change
              </Button>
              <Button onClick={onTest} busy={test.isPending}>
                {test.isPending ? 'Testing…' : 'Test the connection'}
              </Button>
              <Button variant="ghost" onClick={onCancel}>
                Cancel
              </Button>
            </div>
          </div>
        </Panel>
      </form>
      <TestPanel
        testing={test.isPending}
        error={test.error}
        result={test.data}
        stale={isStale}
        onRetry={onTest}
        advice="Review the change to keep it."
      />
    </div>
  );
}
