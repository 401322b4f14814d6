import { randomUUID } from 'node:crypto';
import { identity, sha256Hex } from '@/lib/crypto';
import type { Receipt } from '@/lib/fold/state';
import { registerProvider } from '@/lib/providers';
import { NO_CLAIM } from '@/lib/providers/claim';
import type { Event } from '@/lib/providers/provider';
import { madeUpProvider } from '@/lib/providers/testing';
import { openShop, type Shop } from './shop.testing';
import type { VerifiedPostback } from './verified-postback';

const PROVIDER = 'told';

/** A project whose provider sends our own events as its bodies, so that a test can tell any history. */
export async function openToldShop(): Promise<{ readonly shop: Shop; readonly forget: () => void }> {
  const forget = registerProvider({
    ...madeUpProvider,
    id: PROVIDER,
    decode: (bytes) => ({ ok: true, fields: { event: new TextDecoder().decode(bytes) }, format: 'json' }),
    parse: ({ event }) => {
      const told: Event = JSON.parse(String(event));
      return { ok: true, event: told };
    },
  });
  return { shop: await openShop(PROVIDER), forget };
}

/** A postback that says `receipt`, on its way into the ledger; the same content has the same key. */
export function entryOf({ event, grade, signer, receivedAt }: Receipt, projectId: string): VerifiedPostback {
  const text = JSON.stringify(event);
  return {
    arrival: {
      id: randomUUID(),
      projectId,
      receivedAt,
      bytes: new TextEncoder().encode(text),
      contentType: null,
      userAgent: null,
      request: { senderAddress: null, headers: {} },
    },
    providerId: PROVIDER,
    event,
    claim: NO_CLAIM,
    grade,
    signer,
    namesSearchable: true,
    secretId: randomUUID(),
    flags: event.flags,
    invoiceId: identity(projectId, event.invoiceId, signer),
    contentKey: sha256Hex(JSON.stringify([projectId, signer, grade, text])),
    formKey: null,
    tokenHash: null,
  };
}
