import type { ProvinceClient } from './province-client.ts';
import type { Connection } from './sender.ts';

/** The running push of an open register, as the services reach it. */
export interface Push {
  client: ProvinceClient;
  /** Something new waits in the outbox. */
  wake(): void;
  /** A person asks to send now. */
  retryNow(): void;
  connection(): Connection;
}
