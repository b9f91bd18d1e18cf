import type { NewMapping, SavedMapping } from '../../shared/contract/reference.ts';
import { mappingProblem, type MappedRole } from '../../shared/domain/list-mapping.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { headerKey } from '../importing/profile.ts';
import type { PreviewOrder } from '../jobs/reference-order.ts';
import { transaction } from '../store/connection.ts';
import { appendEvent } from '../store/journal.ts';
import { deleteMapping, listMappings, saveMapping } from '../store/reference-mappings.ts';
import { ownerOf } from './reference.ts';
import { newId, type Register, type ServiceActor } from './register.ts';

const worker = new URL('../jobs/preview-worker.ts', import.meta.url);

/** Looks into an uploaded list of unknown columns. Answers the id of the job. */
export function previewReference(
  register: Register,
  actor: ServiceActor,
  { uploadId, headerRow }: { uploadId: string; headerRow: number | null },
): string {
  const upload = register.uploads.get(ownerOf(actor), uploadId);
  return register.jobs.start({
    kind: 'reference:preview',
    worker,
    ownerId: upload.ownerId,
    input: { file: upload.file, headerRow, learned: learnedRoles(register) } satisfies PreviewOrder,
  }).id;
}

export function mappings(register: Register): SavedMapping[] {
  return listMappings(register.db);
}

/** @throws AppError `import_mapping_wrong`. */
export function keepMapping(register: Register, actor: ServiceActor, mapping: NewMapping): SavedMapping {
  const problem = mappingProblem(mapping.columns);
  if (problem !== null) throw new AppError('import_mapping_wrong', { problem });
  const by = ownerOf(actor);
  const at = instant(register.clock);
  transaction(register.db, () => {
    saveMapping(register.db, { id: newId(), at, by, mapping });
    const columns = mapping.columns.length;
    appendEvent(register.db, {
      at,
      actor,
      type: 'pemetaan_disimpan',
      payload: { nama: mapping.name, kolom: columns },
    });
  });
  const saved = listMappings(register.db).find(
    ({ name }) => name.toLowerCase() === mapping.name.toLowerCase(),
  );
  if (saved === undefined) throw new AppError('not_found');
  return saved;
}

/** @throws AppError `not_found`. */
export function forgetMapping(register: Register, actor: ServiceActor, id: string): void {
  transaction(register.db, () => {
    if (!deleteMapping(register.db, id)) throw new AppError('not_found');
    appendEvent(register.db, {
      at: instant(register.clock),
      actor,
      type: 'pemetaan_dihapus',
      payload: { pemetaan: id },
    });
  });
}

/** What the saved mappings say of headers; the latest has the last word. */
function learnedRoles(register: Register): Record<string, MappedRole> {
  return Object.fromEntries(
    listMappings(register.db)
      .toReversed()
      .flatMap(({ columns }) => columns.map(({ header, role }) => [headerKey(header), role] as const)),
  );
}
