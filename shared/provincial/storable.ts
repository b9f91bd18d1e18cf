/** Whether a database can hold this text: PostgreSQL holds U+0000 and half a surrogate pair nowhere, neither as text nor as jsonb. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
