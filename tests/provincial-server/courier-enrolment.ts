import type { Pool } from 'pg';
import { canSealFor, lookAt } from '../../electron/sync/courier-file.ts';
import {
  hashCode,
  idOfCode,
  openEnrolment,
  sealEnrolment,
  sealFor,
} from '../../electron/sync/enrolment-file.ts';
import { isOnThisComputer, readProvinceAddress } from '../../electron/sync/province-address.ts';
import { AppError } from '../../shared/errors.ts';
import {
  type CourierEnrolRequest,
  EnrolmentAsked,
  enrolmentDirection,
  type EnrolmentHeader,
  EnrolmentTold,
} from '../../shared/provincial/courier-enrolment.ts';
import { type EnrolRequest, type EnrolResponse, wireVersion } from '../../shared/provincial/wire.ts';
import { CourierRefusal, readJson, signCourierKey } from './courier.ts';
import { enrol, enrolmentWays, findOffice, readEnrolRequest } from './offices.ts';
import { Refusal } from './refusal.ts';
import type { ServerKey } from './signing.ts';

/** The province's end of an enrolment that a courier carries: enrols as the line does, and writes the answer. */

export interface EnrolledByCourier {
  officeName: string;
  area: string;
  /** Where it will look for this province. */
  address: string;
  /** The answer, for the office. */
  file: string;
  fileName: string;
}

/**
 * Enrols the office that asks. The same file once more, also after a stop in the middle, is answered alike until the
 * office was heard of.
 *
 * @param address where offices find this province once they have a line
 * @throws CourierRefusal with a sentence for the operator.
 */
export async function enrolByCourier(
  pool: Pool,
  serverKey: ServerKey,
  file: string,
  address: string,
  now: Date,
): Promise<EnrolledByCourier> {
  const header = headerOf(file);
  const code = await findCode(pool, header);
  const asked = await openEnrolment(file, code.hash, header, EnrolmentAsked);
  if (asked === null) throw altered();
  const reached = addressOf(address);
  const request = await requestIn(asked);
  if (request.publicKey.x !== header.key || !hashCode(request.code).equals(code.hash)) throw altered();
  if (!(await canSealFor(request.replyKey))) throw altered();
  if (request.training && !isOnThisComputer(reached))
    throw new CourierRefusal('Ini permintaan kantor latihan; kantor latihan tidak didaftarkan di sini.');
  await expectGone(pool, request);
  const enrolled = await enrolWith(pool, request, code, serverKey, now);
  const told: EnrolmentTold = {
    wire: wireVersion,
    key: request.publicKey.x,
    address: reached,
    enrolled: await sealFor(request.replyKey, enrolled),
    courierKey: (await signCourierKey(pool, serverKey)).key,
  };
  const { name, area } = request.office;
  return {
    officeName: name,
    area,
    address: reached,
    file: await sealEnrolment(
      code.hash,
      { typ: enrolmentDirection.down, wire: wireVersion, key: told.key },
      EnrolmentTold.parse(told),
    ),
    fileName: `kurir-terdaftar-${area.replaceAll('.', '')}.mutakhir`,
  };
}

function headerOf(file: string): EnrolmentHeader {
  const outside = lookAt(file);
  if (outside.kind === 'cut')
    throw new CourierRefusal('Permintaan ini terpotong; minta kantor menyalinnya lagi ke USB.');
  if (outside.kind !== 'enrolment') throw new CourierRefusal('Ini bukan permintaan pendaftaran kantor.');
  const { header } = outside;
  if (header.typ !== enrolmentDirection.up)
    throw new CourierRefusal('Ini jawaban pendaftaran untuk kantor, bukan permintaan dari kantor.');
  if (header.wire > wireVersion) throw tooNew();
  return header;
}

interface OpenCode {
  hash: Buffer;
  area: string | null;
  expiresAt: Date;
}

async function findCode(pool: Pool, { kid }: EnrolmentHeader): Promise<OpenCode> {
  const { rows } = await pool.query<OpenCode>(
    'SELECT code_hash AS hash, area, expires_at AS "expiresAt" FROM enrolment_code',
  );
  const code = rows.find(({ hash }) => idOfCode(hash) === kid);
  if (code === undefined)
    throw new CourierRefusal(
      'Kode yang dipakai kantor ini bukan kode dari provinsi ini. Minta kantor memeriksa kodenya, lalu menulis permintaannya lagi.',
    );
  return code;
}

function addressOf(address: string): string {
  try {
    return readProvinceAddress(address);
  } catch (cause) {
    throw cause instanceof AppError ? new CourierRefusal(cause.message) : cause;
  }
}

async function requestIn({ request, signature }: EnrolmentAsked): Promise<CourierEnrolRequest> {
  const bytes = Buffer.from(request, 'base64url');
  try {
    return await readEnrolRequest(enrolmentWays.courier, bytes, readJson(bytes), signature);
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'wire_unsupported') throw tooNew();
    throw cause instanceof Refusal ? altered() : cause;
  }
}

/** An office that stands here under another key would be enrolled beside itself. */
async function expectGone(pool: Pool, { formerOfficeId, publicKey }: EnrolRequest): Promise<void> {
  const former = formerOfficeId === undefined ? null : await findOffice(pool, formerOfficeId);
  if (former !== null && !former.revoked && former.office.publicKey.x !== publicKey.x)
    throw new CourierRefusal(
      `${former.office.name} masih terdaftar di sini. Bila memang harus mendaftar lagi, cabut dahulu pendaftarannya, lalu baca berkas ini lagi.`,
    );
}

/** As over the line, but that an operator is told which of the reasons it was. */
async function enrolWith(
  pool: Pool,
  request: EnrolRequest,
  { hash, area, expiresAt }: OpenCode,
  serverKey: ServerKey,
  now: Date,
): Promise<EnrolResponse> {
  try {
    return await enrol(pool, request, serverKey, now);
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.code !== 'enrolment_refused') throw cause;
    const { office, publicKey } = request;
    const usedBy = await findUser(pool, hash);
    const isItself = usedBy?.key === publicKey.x;
    if (isItself && usedBy.revoked)
      throw new CourierRefusal(
        `Pendaftaran komputer ${office.name} ini dengan kode tersebut sudah dicabut. Bila kantor ini harus terdaftar lagi, buat kode baru, dan minta kantor menulis permintaannya lagi.`,
      );
    if (isItself && usedBy.heard)
      throw new CourierRefusal(
        `Komputer ${office.name} ini sudah terdaftar dan sudah menghubungi provinsi; tidak ada yang perlu dilakukan. Hanya bila di komputer itu tertulis kantornya belum terdaftar: buat kode baru, dan minta kantor menulis permintaannya lagi.`,
      );
    if (expiresAt <= now)
      throw new CourierRefusal(
        'Kode yang dipakai kantor ini sudah kedaluwarsa. Buat kode baru, dan minta kantor menulis permintaannya lagi.',
      );
    if (area !== null && area !== office.area)
      throw new CourierRefusal(
        `Kode ini untuk wilayah ${area}, sedangkan ${office.name} ada di ${office.area}. Buat kode untuk wilayahnya, dan minta kantor menulis permintaannya lagi.`,
      );
    throw new CourierRefusal(
      `Kode ini sudah dipakai. Bila yang memakainya bukan komputer ${office.name} ini, cabut pendaftaran itu di halaman operator; lalu buat kode baru, dan minta kantor menulis permintaannya lagi.`,
    );
  }
}

interface CodeUser {
  /** `x` of the public key that it has now. */
  key: string;
  revoked: boolean;
  /** Since it used the code. */
  heard: boolean;
}

/** The office that a code was used by. */
async function findUser(pool: Pool, codeHash: Buffer): Promise<CodeUser | null> {
  const { rows } = await pool.query<CodeUser>(
    `SELECT public_key ->> 'x' AS key, revoked_at IS NOT NULL AS revoked, coalesce(last_contact_at >= used_at, false) AS heard
     FROM enrolment_code JOIN office ON office.id = office_id WHERE code_hash = $1`,
    [codeHash],
  );
  return rows[0] ?? null;
}

function tooNew(): CourierRefusal {
  return new CourierRefusal(
    'Permintaan ini dibuat Mutakhir yang lebih baru; perbarui program provinsi, lalu baca lagi.',
  );
}

function altered(): CourierRefusal {
  return new CourierRefusal(
    'Permintaan ini berubah di jalan; minta kantor menyalinnya lagi ke USB, atau menulisnya lagi.',
  );
}
