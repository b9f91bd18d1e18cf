import { expect, it } from 'vitest';
import { families } from '../../tests/fixtures/resaved/list.ts';
import { readList } from '../../tests/fixtures/read-list.ts';
import { csv } from '../../tests/fixtures/reference-files.ts';
import { Relation } from '../../shared/domain/person.ts';
import { listTable } from './list-table.ts';

it.each([
  ['DTKS', 'Anak'],
  ['DTSEN', 'Anak'],
  ['BDT2015', '3'],
] as const)('the relations of %s are written as they are read back', async (source, child) => {
  const table = listTable(source, new Set(), () => null);
  const rows = Relation.options.flatMap((relation, at) =>
    families
      .slice(0, 1)
      .flatMap(({ household, person }) =>
        table.rowsOf(household, [{ ...person, nik: `317101410180001${at}`, relation }]),
      ),
  );
  const at = { DTKS: 'hubungan_keluarga', DTSEN: 'status_hubungan_keluarga', BDT2015: 'HubKRT' }[source];
  expect(rows[2]?.[table.headers.indexOf(at)]).toBe(child);
  const { households } = await readList(Buffer.from(csv([table.headers, ...rows])), {
    source,
    areaCodes: null,
  });
  expect(households.flatMap(({ persons }) => persons.map(({ relation }) => relation))).toEqual(
    Relation.options,
  );
});
