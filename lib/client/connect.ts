import type { ConnectTestRequest } from '@/lib/contract/connect';
import { call } from './http';

/** Tries a connection step by step; a step that fails is part of the answer. */
export function testConnection(input: ConnectTestRequest) {
  return call((to) => to.connectTest.post, { input });
}

/** The connection that a cqlshrc describes, and what Ringside cannot take from it. */
export function readCqlshrc(text: string) {
  return call((to) => to.cqlshrc.post, { input: { text } });
}
