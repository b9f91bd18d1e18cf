/**
 * The words of a name, for keeping and for searching alike: letters and digits, whatever stands
 * between them. Left to PostgreSQL, `M.Yusuf` would be one word, the name of a host.
 */
export function nameWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
