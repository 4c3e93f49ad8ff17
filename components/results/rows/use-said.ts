import { useEffect, useState } from 'react';

const LEAST_MS = 4_000;
const MS_PER_CHARACTER = 100;

/** What is or was done last, for a status line. What was goes away by itself when there was time to read it. */
export function useSaid() {
  const [said, setSaid] = useState({ text: '', stays: false });
  useEffect(() => {
    const { text, stays } = said;
    if (text === '' || stays) return;
    const clear = () => setSaid({ text: '', stays: false });
    const timer = setTimeout(clear, Math.max(LEAST_MS, text.length * MS_PER_CHARACTER));
    return () => clearTimeout(timer);
  }, [said]);
  const say = (text: string) => setSaid({ text, stays: false });
  /** Stands until something else is said. */
  const sayMeanwhile = (text: string) => setSaid({ text, stays: true });
  return { said: said.text, say, sayMeanwhile };
}
