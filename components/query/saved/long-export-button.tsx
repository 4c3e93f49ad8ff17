'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toasts';
import { errorText } from '@/lib/client/error-text';

/** Leads to the exports page with a statement that no address can hold. */
export default function LongExportButton({ path }: { path: () => Promise<string> }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      router.push(await path());
    } catch (error) {
      toast({ tone: 'danger', text: errorText(error).message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="sm" variant="ghost" busy={busy} onClick={() => void go()}>
      Export
    </Button>
  );
}
