import { CopyButton } from '@/components/ui/copy-button';
import { Panel } from '@/components/ui/panel';
import type { Configuration } from '@/lib/cluster/connect';

/** The `ringside.config.json` that the form describes, to copy; secrets only by reference. */
export function ConfigurationPanel({ configuration }: { configuration: Configuration }) {
  const { json, passwordVariable, pemFiles, errors } = configuration;
  const copy = (
    <CopyButton text={`${json}\n`} label="Copy the configuration" variant="secondary">
      Copy
    </CopyButton>
  );
  return (
    <Panel title="ringside.config.json" actions={copy}>
      <pre className="thin-scrollbar overflow-x-auto rounded bg-canvas p-3 text-xs">{json}</pre>
      {Object.values(errors).map((error) => (
        <p key={error} className="mt-2 text-muted text-xs">
          Not valid yet: {error}.
        </p>
      ))}
      <ol className="mt-3 list-decimal space-y-1 pl-5 text-muted">
        <li>
          Save it as ringside.config.json in Ringside’s folder, or add the cluster to the file that is already there.
        </li>
        {passwordVariable !== undefined && (
          <li>
            Put the password in the environment variable <code className="break-all text-xs">{passwordVariable}</code>.
          </li>
        )}
        {pemFiles.length > 0 && (
          <li>
            Save the PEM files as <code className="break-all text-xs">{pemFiles.join(', ')}</code>.
          </li>
        )}
        <li>A file that Ringside already uses is read again within seconds; otherwise restart Ringside.</li>
      </ol>
    </Panel>
  );
}
