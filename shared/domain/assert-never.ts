/** Ends a switch that must know every case; the compiler complains when one is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled value: ${String(value)}`);
}
