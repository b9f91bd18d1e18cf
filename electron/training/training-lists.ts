import { createHash } from 'node:crypto';
import { emptyReport, type ImportReport } from '../../shared/contract/reference.ts';
import { instant } from '../clock.ts';
import { newId, type Register, type ServiceActor } from '../services/register.ts';
import { PartedList } from '../store/list-rows.ts';
import { appendImport } from '../store/import-event.ts';
import { type IncomingList, ReferenceStaging } from '../store/reference-staging.ts';
import type { SyntheticList } from './generate.ts';

/** Puts the synthetic reference lists into the training office as the import would have. */
export function seedLists(register: Register, importer: ServiceActor, lists: readonly SyntheticList[]): void {
  for (const list of lists) seedList(register, importer, list);
}

function seedList(register: Register, importer: ServiceActor, list: SyntheticList): void {
  if (importer.id === null) throw new Error('An import has an importer.');
  const persons = list.households.flatMap((entry) => entry.persons);
  const { source, name, listDate, areaCodes } = list;
  const report: ImportReport = {
    ...emptyReport,
    rows: list.rows.length,
    households: list.households.length,
    persons: persons.length,
    withoutNik: persons.filter((person) => person.nik === null).length,
  };
  const incoming: IncomingList = {
    id: newId(),
    source,
    name,
    listDate,
    areaCodes,
    fileName: `${source.toLowerCase()}-latihan.csv`,
    fileHash: createHash('sha256').update(JSON.stringify(list.rows)).digest('hex'),
    importedAt: instant(register.clock),
    importedBy: importer.id,
  };
  const staging = new ReferenceStaging(register.db, incoming);
  const parted = new PartedList((rows) => staging.write(rows));
  for (const [no, { household, persons: members }] of list.households.entries()) {
    parted.household(no, household);
    for (const person of members) parted.person(no, person);
  }
  parted.finish();
  staging.commit(report, (version) => {
    appendImport(register.db, incoming, { actor: importer, report, version });
  });
}
