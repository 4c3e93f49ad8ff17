import { Checkbox } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';

type VerifyChoiceProps = { checked: boolean; onChange: (verify: boolean) => void };

/** Whether the server's certificate is checked, and what it means if not. */
export function VerifyChoice({ checked, onChange }: VerifyChoiceProps) {
  return (
    <>
      <Checkbox checked={checked} onChange={(event) => onChange(event.target.checked)}>
        Verify the server’s certificate
      </Checkbox>
      {!checked && (
        <Notice tone="warn">
          Without verification, anyone between Ringside and the cluster can read and change everything.
        </Notice>
      )}
    </>
  );
}
