import type { ProvinceClient, Silence } from './province-client.ts';

export type ConnectionState = 'not_enrolled' | 'checking' | 'online' | 'offline' | 'refused';

export interface Connection {
  state: ConnectionState;
  /** When the province last answered, by this computer's clock. */
  lastContactAt: string | null;
  /** Why it is silent, while it is. */
  silence: Silence | null;
  /** What the province said when it refused the office as such. */
  refusal: { code: string; sentence: string } | null;
  /** Server time minus this computer's, in milliseconds, as of the last contact. */
  clockOff: number | null;
}

/** The running push of an open register, as the services reach it. */
export interface Push {
  client: ProvinceClient;
  /** Something new waits in the outbox. */
  wake(): void;
  /** A person asks to send now. */
  retryNow(): void;
  connection(): Connection;
}
