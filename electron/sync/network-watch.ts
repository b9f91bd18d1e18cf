import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { type Alarms, systemTimers } from './timers.ts';

/**
 * Tells when the computer's network came back, and how many milliseconds ago that was.
 *
 * @returns how to end that
 */
export type WatchNetwork = (back: (ago: number) => void) => () => void;

/** Milliseconds between two looks at the computer's addresses; a look costs a tenth of one. */
export const lookPause = 1_000;

/** Milliseconds at least between two times that it is told: a network that flaps is told of once, with its newest return. */
export const tellPause = 10_000;

/** A look that is so much late, in milliseconds, tells that the computer slept. */
const slept = 15_000;

/**
 * Watches over what addresses the computer has: a cable that is out takes its address away, and one that is in brings it
 * again. No system tells a program of Node that, and requests that were under way then hang until they are given up. A
 * computer that slept may find its cable in as before. A look that fails finds what the one before found.
 *
 * @param wallClock the time of day in milliseconds, which goes on while the computer sleeps
 * @param random from 0 to 1: the part of a pause after which the first look comes, so that offices behind one line, whose
 * computers start when the power is back, do not ask in step once the line is
 */
export function watchAddresses(
  addresses: () => ReadonlySet<string>,
  timers: Alarms,
  wallClock: () => number,
  random: () => number,
): WatchNetwork {
  function found(): ReadonlySet<string> | null {
    try {
      return addresses();
    } catch {
      // The system is out of files, or a driver of a network card answers nonsense: it may do better with the next look.
      return null;
    }
  }
  return (back) => {
    let known = found() ?? new Set<string>();
    let at = wallClock();
    let cameAt: number | null = null;
    let toldAt = Number.NEGATIVE_INFINITY;
    let callOff = timers.after(lookPause * random(), look);
    function look(): void {
      const before = { known, at };
      known = found() ?? known;
      at = wallClock();
      callOff = timers.after(lookPause, look);
      const now = timers.now();
      if (at - before.at > lookPause + slept || [...known].some((address) => !before.known.has(address)))
        cameAt = now;
      if (cameAt === null || now - toldAt < tellPause) return;
      const ago = now - cameAt;
      [cameAt, toldAt] = [null, now];
      back(ago);
    }
    return () => callOff();
  };
}

export const systemNetwork: WatchNetwork = watchAddresses(
  () => reachable(networkInterfaces()),
  systemTimers,
  Date.now,
  Math.random,
);

/** What a card gives itself where nobody gives it an address (169.254/16, fe80::/10): over that no province is reached. */
const linkLocal = /^(?:169\.254\.|fe[89ab][0-9a-f]:)/i;

/** Where others reach this computer. Of IPv6 the network card alone: its addresses change by themselves. */
export function reachable(cards: NodeJS.Dict<NetworkInterfaceInfo[]>): ReadonlySet<string> {
  const known = new Set<string>();
  for (const [card, addresses = []] of Object.entries(cards))
    for (const { address, family, internal } of addresses)
      if (!internal && !linkLocal.test(address))
        known.add(family === 'IPv4' ? `${card} ${address}` : `${card} ${family}`);
  return known;
}
