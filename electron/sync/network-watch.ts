import { networkInterfaces } from 'node:os';
import { type Alarms, systemTimers } from './timers.ts';

/** Tells when the computer's network came back. @returns how to end that */
export type WatchNetwork = (back: () => void) => () => void;

/** Milliseconds between two looks at the computer's addresses; a look costs a tenth of one. */
export const lookPause = 1_000;

/** A look that is so much late, in milliseconds, tells that the computer slept. */
const slept = 15_000;

/**
 * Watches over what addresses the computer has: a cable that is out takes its address away, and one that is in brings it
 * again. No system tells a program of Node that, and requests that were under way then hang until they are given up. A
 * computer that slept may find its cable in as before.
 *
 * @param wallClock the time of day in milliseconds, which goes on while the computer sleeps
 */
export function watchAddresses(
  addresses: () => ReadonlySet<string>,
  timers: Alarms,
  wallClock: () => number,
): WatchNetwork {
  return (back) => {
    let known = addresses();
    let at = wallClock();
    let callOff = timers.after(lookPause, look);
    function look(): void {
      const before = { known, at };
      known = addresses();
      at = wallClock();
      callOff = timers.after(lookPause, look);
      if (at - before.at > lookPause + slept || [...known].some((address) => !before.known.has(address)))
        back();
    }
    return () => callOff();
  };
}

export const systemNetwork: WatchNetwork = watchAddresses(ownAddresses, systemTimers, Date.now);

/** Where others reach this computer. Of IPv6 the network card alone: its addresses change by themselves. */
function ownAddresses(): ReadonlySet<string> {
  const known = new Set<string>();
  for (const [card, addresses = []] of Object.entries(networkInterfaces()))
    for (const { address, family, internal } of addresses)
      if (!internal && !address.startsWith('fe80:'))
        known.add(family === 'IPv4' ? `${card} ${address}` : `${card} ${family}`);
  return known;
}
