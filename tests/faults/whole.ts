import { proxyFates } from './faulty-proxy.ts';
import { strikes } from './network.ts';
import { allHits } from './outbox-states.ts';
import { courierFates } from './sim-courier.ts';
import type { Kind, Whole } from './sum.ts';

/** What a whole measure of runs must meet; null where what was asked for is less than one, or no measure. */
export function wholeOf({
  kind,
  runs,
  cases,
  damage,
}: {
  kind: Kind;
  runs: number;
  cases: number;
  damage: boolean;
}): Whole | null {
  if (cases < 50 || damage) return null;
  switch (kind) {
    case 'simulated':
      return runs < 1_000 ? null : { fates: [...strikes, ...courierFates], hits: allHits, bar: 600 };
    case 'real':
      // What a kill of a real process finds is aimed at, and the machine's to say.
      return runs < 100 ? null : { fates: proxyFates, hits: [], bar: null };
    case 'register':
      return null;
  }
}
