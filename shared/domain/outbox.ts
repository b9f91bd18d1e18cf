import { z } from 'zod';

/** Where an item of the outbox stands. */
export const OutboxState = z.enum(['menunggu', 'dikirim', 'ditahan', 'diterima', 'ditolak', 'bertentangan']);
export type OutboxState = z.infer<typeof OutboxState>;

export const outboxStateLabel: Record<OutboxState, string> = {
  menunggu: 'Menunggu dikirim',
  dikirim: 'Sedang dikirim',
  ditahan: 'Menunggu di provinsi',
  diterima: 'Diterima provinsi',
  ditolak: 'Ditolak provinsi',
  bertentangan: 'Perlu dipilih',
};

/** What can happen to an item. */
export type OutboxEvent =
  /** A sender takes it, with a lease: if the sender dies, another takes it when the lease ends. */
  | 'ambil'
  /** The sender gives it back: the province was not reached, or was busy. */
  | 'lepas'
  /** The answer for this item could not be read or proven: send again later. */
  | 'tunda'
  /** The province holds it until another record arrives: ask again later. */
  | 'tahan'
  /** A receipt was verified. Nothing else marks an item as sent. */
  | 'terima'
  /** The province rejected it for good; the mended case becomes a new item. */
  | 'tolak'
  /** The province changed the same field meanwhile; what a person decides becomes a new item. */
  | 'tentang';

const answered = { terima: 'diterima', tolak: 'ditolak', tentang: 'bertentangan' } as const;

const flow: Record<OutboxState, Partial<Record<OutboxEvent, OutboxState>>> = {
  menunggu: { ambil: 'dikirim', tahan: 'ditahan', ...answered },
  ditahan: { ambil: 'dikirim', tahan: 'ditahan', ...answered },
  // `ambil` again: the lease ran out. Two senders at once are harmless, the key is the same.
  dikirim: {
    ambil: 'dikirim',
    lepas: 'menunggu',
    tunda: 'menunggu',
    tahan: 'ditahan',
    ...answered,
  },
  diterima: {},
  ditolak: {},
  bertentangan: {},
};

/** What still waits for a final answer of the province. */
export const waitingOutboxStates: readonly OutboxState[] = ['menunggu', 'dikirim', 'ditahan'];

/** Final for the item; what the case does next is another matter (`case-flow.ts`). */
export const settledOutboxStates: readonly OutboxState[] = ['diterima', 'ditolak', 'bertentangan'];

/** The next state, or null where the event comes too late to mean anything (a second answer). */
export function nextOutboxState(state: OutboxState, event: OutboxEvent): OutboxState | null {
  return flow[state][event] ?? null;
}
