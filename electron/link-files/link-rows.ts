import type { LinkCandidate } from '../matching/bulk/link.ts';

/**
 * The rows of the result, `case_id,reference_id,probability,decision,rank`. Each row that names a reference is a link,
 * made (`auto`) or proposed (`review`), the best first; a case of which none is has one row that names nobody, decided
 * `none`. So whoever counts rows with a `reference_id` and whoever goes by `decision` count the same.
 *
 * @param links up to five candidates a case, the best first, as they were decided.
 */
export function* linkRows(
  cases: readonly string[],
  references: readonly string[],
  links: readonly (readonly LinkCandidate[])[],
): Iterable<(string | number)[]> {
  for (const [row, candidates] of links.entries()) {
    const id = cases[row] ?? '';
    const proposed = candidates.filter(({ decision }) => decision !== 'none');
    if (proposed.length === 0) yield [id, '', 0, 'none', 1];
    for (const [index, { reference, probability, decision }] of proposed.entries())
      yield [id, references[reference] ?? '', probability.toFixed(6), decision, index + 1];
  }
}
