/** Something the caller can mend: said in one line, and the program ends with 2. */
export class Refusal extends Error {}

/** What the program says and ends with: 2 for what the caller can mend, 1 for what nobody expected. */
export function lastWords(error: unknown): { line: string; code: 1 | 2 } {
  if (error instanceof Refusal) return { line: `link: ${error.message}`, code: 2 };
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { line: `link: berhenti karena galat yang tak terduga (${said.split('\n', 1)[0]}).`, code: 1 };
}
