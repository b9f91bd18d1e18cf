/**
 * The printed number of a case by the office's format. Placeholders: `{area}` code of the kelurahan
 * without dots, `{year}` four digits, `{serial}` or `{serial:6}` padded with zeros to that width.
 */
export function formatCaseNumber(
  format: string,
  facts: { kelurahan: string; year: string; serial: number },
): string {
  return format
    .replaceAll('{area}', facts.kelurahan.replaceAll('.', ''))
    .replaceAll('{year}', facts.year)
    .replace(/\{serial(?::(\d))?\}/g, (_, width: string | undefined) =>
      String(facts.serial).padStart(Number(width ?? 1), '0'),
    );
}
