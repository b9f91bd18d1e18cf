import { createHash } from 'node:crypto';
import { instant } from '../clock.ts';
import { newId, type Register, type ServiceActor } from '../services/register.ts';
import { GatheredList } from '../store/gathered-list.ts';
import { appendEvent } from '../store/journal.ts';
import { ReferenceStaging } from '../store/reference-staging.ts';
import type { SyntheticList } from './generate.ts';

/** Puts the synthetic reference lists into the training office as the import would have. */
export function seedLists(register: Register, importer: ServiceActor, lists: readonly SyntheticList[]): void {
  for (const list of lists) seedList(register, importer, list);
}

function seedList(register: Register, importer: ServiceActor, list: SyntheticList): void {
  if (importer.id === null) throw new Error('An import has an importer.');
  const persons = list.households.flatMap((entry) => entry.persons);
  const id = newId();
  const at = instant(register.clock);
  const { source, name, listDate, areaCodes } = list;
  const fileName = `${source.toLowerCase()}-latihan.csv`;
  const fileHash = createHash('sha256').update(JSON.stringify(list.rows)).digest('hex');
  const report = {
    sheet: null,
    rows: list.rows.length,
    households: list.households.length,
    persons: persons.length,
    withoutNik: persons.filter((person) => person.nik === null).length,
    refusedCount: 0,
    refused: [],
    warnings: [],
    unknownColumns: [],
    absentColumns: [],
    detectedAreas: [],
  };
  const staging = new ReferenceStaging(register.db, {
    id,
    source,
    name,
    listDate,
    areaCodes,
    fileName,
    fileHash,
    importedAt: at,
    importedBy: importer.id,
  });
  const gathered = new GatheredList(listDate, (rows) => staging.write(rows));
  for (const [no, { household, persons: members }] of list.households.entries()) {
    gathered.household(no, household);
    for (const person of members) gathered.person(no, person);
  }
  staging.commit(gathered.finish(), report, (version) => {
    appendEvent(register.db, {
      at,
      actor: importer,
      type: 'impor_acuan',
      payload: {
        daftar: id,
        sumber: source,
        nama: name,
        tanggal: listDate,
        versi: version,
        berkas: fileName,
        sha256: fileHash,
      },
    });
  });
}
