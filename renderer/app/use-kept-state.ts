import { createContext, useContext, useState } from 'react';
import type { z } from 'zod';

/**
 * What was typed and not yet saved, by name; lives as long as the person's session. A screen that
 * crashed, or was left, finds it again. In memory only.
 */
export class KeptStates {
  readonly #states = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#states.get(key);
  }

  set(key: string, value: unknown): void {
    this.#states.set(key, value);
  }

  drop(key: string): void {
    this.#states.delete(key);
  }
}

export const KeptStatesContext = createContext(new KeptStates());

/**
 * `useState` that survives a crash of its screen and a visit elsewhere.
 *
 * @param key names the state in the whole program: `settings.form`, `cases.reason.<id>`.
 * @param isValue tells that what was kept has the shape this screen expects.
 * @returns the value, its setter, and what forgets it once it is saved.
 */
export function useKeptState<Value>(
  key: string,
  initial: Value,
  isValue: (kept: unknown) => kept is Value,
): [Value, (value: Value) => void, () => void] {
  const kept = useContext(KeptStatesContext);
  const [value, setValue] = useState<Value>(() => {
    const before = kept.get(key);
    return isValue(before) ? before : initial;
  });
  function set(next: Value) {
    kept.set(key, next);
    setValue(next);
  }
  return [value, set, () => kept.drop(key)];
}

/**
 * Gives the office what was typed, and forgets it only once the office has it.
 *
 * @returns why it was refused, or null.
 */
export async function giveKept(send: () => Promise<unknown>, forget: () => void): Promise<unknown> {
  try {
    await send();
  } catch (refusal) {
    return refusal;
  }
  forget();
  return null;
}

/** Tells by its schema whether what was kept has a screen's shape. */
export function fits<Value>(schema: z.ZodType<Value>): (kept: unknown) => kept is Value {
  return (kept): kept is Value => schema.safeParse(kept).success;
}

export function isText(kept: unknown): kept is string {
  return typeof kept === 'string';
}
