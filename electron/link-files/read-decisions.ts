import { textOf } from '../importing/cell.ts';
import { csvSheet } from '../importing/csv-rows.ts';
import { fileSource } from '../importing/source.ts';
import type { PairDecision } from '../matching/bulk/decided.ts';
import { refusalOf } from './person-file.ts';
import { Refusal } from './refusal.ts';

export interface Decisions {
  pairs: PairDecision[];
  /** Rows that name an id which the files do not have (any more). */
  unknown: number;
}

const columns = ['case_id', 'reference_id', 'decision'] as const;
const words: Record<string, boolean> = { same: true, different: false };

/**
 * What persons decided before, as rows of the files. @param cases ids in the order of their rows.
 *
 * @throws Refusal where it is no CSV with its three columns, or says something else than same or different.
 */
export async function readDecisions(
  path: string,
  cases: readonly string[],
  references: readonly string[],
): Promise<Decisions> {
  const [lefts, rights] = [rowsOf(cases), rowsOf(references)];
  const source = await fileSource(path).catch(() => {
    throw new Refusal(`berkas keputusan ${path} tidak dapat dibuka.`);
  });
  const found: Decisions = { pairs: [], unknown: 0 };
  try {
    const sheet = await csvSheet(source, {
      knownColumns: (header) => columns.filter((name) => header.includes(name)).length,
    });
    let places: number[] | null = null;
    for await (const { number: line, cells } of sheet.rows) {
      const values = cells.map((cell) => textOf(cell)?.replace(/^\ufeff/, '') ?? '');
      if (places === null) {
        places = columns.map((name) => values.indexOf(name));
        if (places.includes(-1))
          throw new Refusal(`berkas keputusan ${path} harus berkolom ${columns.join(', ')}.`);
        continue;
      }
      const [caseId = '', referenceId = '', word = ''] = places.map((at) => values[at] ?? '');
      const same = words[word.toLowerCase()];
      if (same === undefined)
        throw new Refusal(`berkas keputusan ${path}, baris ${line}: "${word}" bukan same atau different.`);
      const [left, right] = [lefts.get(caseId), rights.get(referenceId)];
      if (left === undefined || right === undefined) found.unknown += 1;
      else found.pairs.push({ left, right, same });
    }
    if (places === null) throw new Refusal(`berkas keputusan ${path} kosong.`);
  } catch (error) {
    throw refusalOf(error, path);
  }
  return found;
}

function rowsOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, row) => [id, row]));
}
