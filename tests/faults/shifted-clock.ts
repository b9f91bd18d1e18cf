import { z } from 'zod';

/** Loaded into a real program before it (`node --import`): the clock of its machine is off by so many milliseconds. */
const { CLOCK_OFF: clockOff } = z.object({ CLOCK_OFF: z.coerce.number().default(0) }).parse(process.env);

const trueDate = Date;
const now = (): number => trueDate.now() + clockOff;
globalThis.Date = new Proxy(trueDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  apply: () => new trueDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
