import { z } from 'zod';
import { maskNumber } from '../../shared/domain/nik.ts';
import { liesIn } from '../../shared/domain/wilayah.ts';
import { PenetapanBody } from '../../shared/provincial/down.ts';
import {
  FamilyDetail,
  type FamilyPage,
  FamilySearch,
  publicCountStep,
  type ReadRole,
  RecapAnswer,
} from '../../shared/provincial/read.ts';
import { spdciMember } from '../../shared/provincial/spdci.ts';
import { CaseLegalisedBody } from '../../shared/provincial/record.ts';
import { isStorable } from '../../shared/provincial/storable.ts';
import { wireVersion } from '../../shared/provincial/wire.ts';
import type { Tx } from './database.ts';
import { nameWords } from './name-words.ts';
import { checkArea, checkMayReadFamilies, type Reader } from './read-tokens.ts';
import { Refusal } from './refusal.ts';

/** Queries of those who read; retracted cases are nobody's to see, nor are families that refuse it. */

interface FamilyRow {
  case_id: string;
  province_number: string | null;
  head_name: string;
  street: string;
  rt: number;
  rw: number;
  kelurahan: string;
  period_id: string;
  result: string | null;
}

/**
 * SQL: whether the family of `province_case` agrees to be shown. One that refuses counts all the same: numbers are the
 * province's own work, and name nobody.
 */
const isShown = `NOT EXISTS (
        SELECT 1 FROM family_consent AS word
        WHERE word.office_id = province_case.office_id AND word.case_id = province_case.case_id AND word.sharing = 'refused')`;

const lineColumns = 'case_id, province_number, head_name, street, rt, rw, kelurahan, period_id, result';

/** Place of a page's last row in its order; typed out, so that a cursor of the other order is refused. */
const placed = z.string().refine(isStorable);
const NameCursor = z.tuple([z.literal('nama'), placed, z.uuid()]);
const AddressCursor = z.tuple([z.literal('alamat'), z.int32(), z.int32(), placed, z.uuid()]);

/**
 * A page of families by name (in the order of the heads' names) or, without a name, of a kelurahan by
 * address (RW, RT, street).
 *
 * @throws Refusal `role_not_allowed`, `outside_token_area`, `invalid_request` with the field.
 */
export async function searchFamilies(tx: Tx, reader: Reader, search: FamilySearch): Promise<FamilyPage> {
  checkMayReadFamilies(reader);
  if (search.kelurahan != null) checkArea(reader, search.kelurahan);
  const { text, values } = search.name == null ? byAddress(search) : byName(reader, search, search.name);
  const { rows } = await tx.query<FamilyRow>(text, values);
  const page = rows.slice(0, search.limit);
  const last = page.at(-1);
  return {
    wire: wireVersion,
    families: page.map(rowToLine),
    next:
      rows.length > page.length && last !== undefined
        ? writeCursor(
            search.name == null
              ? ['alamat', last.rw, last.rt, last.street, last.case_id]
              : ['nama', last.head_name, last.case_id],
          )
        : null,
  };
}

interface Statement {
  text: string;
  values: unknown[];
}

/** Exported for the test that looks at its plan. */
export function byName(reader: Reader, search: FamilySearch, name: string): Statement {
  const words = nameWords(name);
  if (words.length === 0) throw new Refusal('invalid_request', { field: 'name' });
  const after = readCursor(NameCursor, search.cursor);
  return {
    text: `SELECT ${lineColumns} FROM province_case
      WHERE name_words @@ to_tsquery('simple', $1) AND retracted_at IS NULL AND ${isShown}
        AND (kelurahan = $2 OR kelurahan LIKE $2 || '.%')
        AND ($3::int IS NULL OR rw = $3) AND ($4::int IS NULL OR rt = $4)
        AND ($5::text IS NULL OR street ILIKE $5)
        AND ($6::text IS NULL OR (lower(head_name), case_id) > (lower($6), $7::uuid))
      ORDER BY lower(head_name), case_id LIMIT $8`,
    values: [
      words.map((word) => `${word}:*`).join(' & '),
      search.kelurahan ?? reader.area,
      search.rw ?? null,
      search.rt ?? null,
      streetPattern(search),
      after?.[1] ?? null,
      after?.[2] ?? null,
      search.limit + 1,
    ],
  };
}

/** Exported for the test that looks at its plan. */
export function byAddress(search: FamilySearch): Statement {
  if (search.kelurahan == null) throw new Refusal('invalid_request', { field: 'kelurahan' });
  const after = readCursor(AddressCursor, search.cursor);
  return {
    text: `SELECT ${lineColumns} FROM province_case
      WHERE kelurahan = $1 AND retracted_at IS NULL AND ${isShown}
        AND ($2::int IS NULL OR rw = $2) AND ($3::int IS NULL OR rt = $3)
        AND ($4::text IS NULL OR street ILIKE $4)
        AND ($5::int IS NULL OR (rw, rt, street, case_id) > ($5, $6::int, $7::text, $8::uuid))
      ORDER BY rw, rt, street, case_id LIMIT $9`,
    values: [
      search.kelurahan,
      search.rw ?? null,
      search.rt ?? null,
      streetPattern(search),
      ...(after === null ? [null, null, null, null] : after.slice(1)),
      search.limit + 1,
    ],
  };
}

function streetPattern({ street }: FamilySearch): string | null {
  return street == null ? null : `%${street.replace(/[\\%_]/g, String.raw`\$&`)}%`;
}

function writeCursor(place: z.infer<typeof NameCursor> | z.infer<typeof AddressCursor>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | null | undefined,
): z.infer<Schema> | null {
  if (cursor == null) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Refusal('invalid_request', { field: 'cursor' });
  }
}

function rowToLine(row: FamilyRow): FamilyPage['families'][number] {
  return {
    caseId: row.case_id,
    provinceNumber: row.province_number,
    headName: row.head_name,
    address: { street: row.street, rt: row.rt, rw: row.rw, kelurahan: row.kelurahan },
    periodId: row.period_id,
    result: FamilyDetail.shape.result.parse(row.result),
  };
}

interface DetailRow extends FamilyRow {
  body: unknown;
  penetapan: unknown;
}

/**
 * One family with its members.
 *
 * @throws Refusal `role_not_allowed`; `family_unknown` also for one outside the reader's area and for one that refuses
 * to be shown, so that nobody learns from a refusal which families there are, and which refused.
 */
export async function readFamily(tx: Tx, reader: Reader, caseId: string): Promise<FamilyDetail> {
  checkMayReadFamilies(reader);
  const { rows } = await tx.query<DetailRow>(
    `SELECT ${lineColumns}, (
         SELECT coalesce(v.body, r.body) FROM case_version AS v
         LEFT JOIN record AS r ON r.office_id = v.office_id AND r.key = v.record_key AND r.city = v.city
         WHERE v.case_id = province_case.case_id AND v.version = province_case.version AND v.city = province_case.city) AS body,
       (SELECT body FROM down_item WHERE kind = 'decision.penetapan' AND body ->> 'caseId' = province_case.case_id::text
        ORDER BY cursor DESC LIMIT 1) AS penetapan
     FROM province_case WHERE case_id = $1 AND retracted_at IS NULL AND ${isShown}`,
    [caseId],
  );
  const row = rows[0];
  if (row === undefined || !liesIn(row.kelurahan, reader.area)) throw new Refusal('family_unknown');
  const body = CaseLegalisedBody.parse(row.body);
  const inFull = reader.role === 'provinsi';
  const shown = (number: string | null): string | null => showNumber(reader.role, number);
  return {
    wire: wireVersion,
    ...rowToLine(row),
    mode: body.case.mode,
    families: body.household.families.map(({ no, kk }) => ({ no, number: shown(kk) })),
    members: body.members.map(({ id, name, nik, sex, birthDate, relation, familyNo }) => ({
      name,
      nik: shown(nik),
      sex,
      birthDate: inFull ? birthDate : null,
      birthYear: birthDate === null ? null : Number(birthDate.slice(0, 4)),
      relation,
      familyNo,
      spdci: spdciMember(
        { id, name, nik: inFull ? nik : null, sex, birthDate: inFull ? birthDate : null, relation },
        inFull ? body.visit : null,
      ),
    })),
    penetapan: row.penetapan === null ? null : shortOf(PenetapanBody.parse(row.penetapan)),
  };
}

function shortOf({ periodId, outcome, decree, decidedOn }: z.infer<typeof PenetapanBody>) {
  return { periodId, outcome, decree, decidedOn };
}

function showNumber(role: ReadRole, number: string | null): string | null {
  return number === null || role === 'provinsi' ? number : maskNumber(number);
}

interface RecapRow {
  kelurahan: string;
  period_id: string;
  families: number;
  tetap: number;
  berubah: number;
  baru: number;
}

/**
 * Counts by kelurahan and period.
 *
 * @throws Refusal `outside_token_area`.
 */
export async function readRecap(tx: Tx, reader: Reader, area: string, now: Date): Promise<RecapAnswer> {
  checkArea(reader, area);
  const { rows } = await tx.query<RecapRow>(
    `SELECT kelurahan, period_id, count(*)::int AS families,
       count(*) FILTER (WHERE result = 'tetap')::int AS tetap,
       count(*) FILTER (WHERE result = 'berubah')::int AS berubah,
       count(*) FILTER (WHERE result = 'baru')::int AS baru
     FROM province_case WHERE retracted_at IS NULL AND (kelurahan = $1 OR kelurahan LIKE $1 || '.%')
     GROUP BY kelurahan, period_id ORDER BY kelurahan, period_id`,
    [area],
  );
  const step = reader.role === 'publik_agregat' ? publicCountStep : 1;
  const round = (count: number): number => Math.round(count / step) * step;
  const lines = rows.map((row) => ({
    kelurahan: row.kelurahan,
    periodId: row.period_id,
    families: round(row.families),
    byResult: { tetap: round(row.tetap), berubah: round(row.berubah), baru: round(row.baru) },
  }));
  return {
    wire: wireVersion,
    area,
    step,
    // A line of noughts would tell that there is a family or two.
    lines: lines.filter(({ families }) => families > 0),
    serverTime: now.toISOString(),
  };
}
