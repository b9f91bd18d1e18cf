import { shiftOfTheDay } from './day.ts';

// Loaded before everything else of a process: `new Date()` and `Date.now()` go by the hour of `day.ts`.
const outside = Date.now;
const now = () => outside() + shiftOfTheDay();

globalThis.Date = new Proxy(Date, {
  construct: (date, parts, as) => Reflect.construct(date, parts.length === 0 ? [now()] : parts, as),
});
Date.now = now;
