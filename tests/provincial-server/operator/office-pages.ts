import { html } from 'hono/html';
import { AttachmentSlot, attachmentSlotLabel } from '../../../shared/contract/attachments.ts';
import { fieldLabel } from '../../../shared/provincial/field-label.ts';
import type { Areas } from './area-list.ts';
import { count, field, form, type Html, note, page, table, time } from './layout.ts';
import type { OperatorSession } from './operators.ts';
import { type FailingItem, failingShown, type MissingFile, type OfficeLine } from './overview.ts';

/** An office that has not been heard of for a day is one to telephone. */
export const silentHours = 24;

export function officesPage(session: OperatorSession, offices: readonly OfficeLine[], now: Date): Html {
  const working = offices.filter(({ revokedAt }) => revokedAt === null);
  const silent = working.filter((office) => isSilent(office, now)).length;
  const refusing = working.filter(({ refusesSince }) => refusesSince !== null).length;
  const sum = (of: (office: OfficeLine) => number): string =>
    count(working.reduce((total, office) => total + of(office), 0));
  return page({
    title: 'Kantor',
    session,
    path: '/operator',
    body: html`
      <dl class="card">
        <dt>Kantor terdaftar</dt>
        <dd>${count(working.length)}</dd>
        <dt>Tidak menghubungi lebih dari ${silentHours} jam</dt>
        <dd class="${silent > 0 ? 'bad' : ''}">${count(silent)}</dd>
        <dt>Menolak terbitan provinsi</dt>
        <dd class="${refusing > 0 ? 'bad' : ''}">${count(refusing)}</dd>
        <dt>Catatan dan lampiran menunggu</dt>
        <dd>${sum(({ waiting }) => waiting)}</dd>
        <dt>Catatan ditolak</dt>
        <dd>${sum(({ rejected }) => rejected)}</dd>
        <dt>Catatan bertentangan</dt>
        <dd>${sum(({ conflicts }) => conflicts)}</dd>
      </dl>
      ${table(
        'Kantor menurut wilayah',
        [
          'Kantor',
          'Wilayah',
          'Kontak terakhir',
          ...['Keluarga', 'Menunggu', 'Ditolak', 'Bertentangan', 'Belum diambil'].map((number) => ({
            number,
          })),
        ],
        offices.map((office) => officeRow(office, now)),
        'Belum ada kantor. Buat kode pendaftaran, lalu berikan kepada kantornya.',
      )}
    `,
  });
}

function officeRow(office: OfficeLine, now: Date): Html {
  return html`<tr>
    <th scope="row"><a href="/operator/kantor/${office.id}">${office.name}</a></th>
    <td>${office.area}</td>
    <td>${contactOf(office, now)}</td>
    ${numberCell(office.cases, false)} ${numberCell(office.waiting, false)}
    ${numberCell(office.rejected, true)} ${numberCell(office.conflicts, true)}
    ${numberCell(office.behind, isRefusing(office))}
  </tr>`;
}

function isRefusing({ refusesSince, revokedAt }: OfficeLine): boolean {
  return refusesSince !== null && revokedAt === null;
}

function numberCell(value: number, isBad: boolean): Html {
  return html`<td class="number ${isBad && value > 0 ? 'bad' : ''}">${count(value)}</td>`;
}

function isSilent({ lastContactAt, enrolledAt }: OfficeLine, now: Date): boolean {
  return now.getTime() - (lastContactAt ?? enrolledAt).getTime() > silentHours * 3_600_000;
}

function contactOf(office: OfficeLine, now: Date): Html {
  if (office.revokedAt !== null) return html`<span class="bad">Dicabut</span> ${time(office.revokedAt)}`;
  if (office.lastContactAt === null) return html`Belum pernah`;
  return isSilent(office, now)
    ? html`<span class="bad">Lama tidak menghubungi</span> ${time(office.lastContactAt)}`
    : time(office.lastContactAt);
}

const states: Record<FailingItem['state'], string> = {
  ditolak: 'Ditolak',
  bertentangan: 'Bertentangan',
  menunggu: 'Menunggu',
};

/** A slot that this server does not know is not repeated: it can be any text. */
function missingSentence({ slot, size, received }: MissingFile): string {
  const known = AttachmentSlot.safeParse(slot);
  const name = known.success ? attachmentSlotLabel[known.data] : 'Lampiran';
  const kilobytes = `${count(Math.floor(received / 1024))} dari ${count(Math.ceil(size / 1024))} KB`;
  return `${name} belum lengkap: ${kilobytes} sudah di sini.`;
}

export function officePage(
  session: OperatorSession,
  office: OfficeLine,
  items: readonly FailingItem[],
  now: Date,
  problem: string | null,
): Html {
  return page({
    title: office.name,
    session,
    body: html`
      ${problem === null ? '' : note(problem, 'problem')}
      <dl class="card">
        <dt>Wilayah</dt>
        <dd>${office.area}</dd>
        <dt>Terdaftar</dt>
        <dd>${time(office.enrolledAt)}</dd>
        <dt>Kontak terakhir</dt>
        <dd>${contactOf(office, now)}</dd>
        <dt>Keluarga</dt>
        <dd>${count(office.cases)}</dd>
        <dt>Terbitan belum diambil</dt>
        <dd>${count(office.behind)}</dd>
        ${
          office.refusesSince === null || !isRefusing(office)
            ? ''
            : html`<dt>Menolak terbitan</dt>
                <dd>
                  <span class="bad">Sejak ${time(office.refusesSince)}</span>: kantor ini tidak dapat
                  membuktikan tanda tangan terbitan provinsi, maka tidak ada yang diterapkannya. Periksa
                  apakah kunci server diganti tanpa jaminan, atau jaringan kantornya mengubah jawaban.
                </dd>`
        }
      </dl>
      ${table(
        items.length < failingShown ? 'Belum diterima' : `Belum diterima (${failingShown} terbaru)`,
        ['Keadaan', 'Sejak', 'Isian', 'Keterangan', 'Berkas'],
        items.map(
          (item) =>
            html`<tr>
              <th scope="row">${states[item.state]}</th>
              <td>${time(item.at)}</td>
              <td>${fieldLabel(item.field) ?? '–'}</td>
              <td>${item.file === null ? item.sentence : missingSentence(item.file)}</td>
              <td class="soft">${item.caseId ?? '–'}</td>
            </tr>`,
        ),
        'Semua catatan dan lampiran kantor ini sudah diterima.',
      )}
      ${office.revokedAt === null ? revokeForm(session, office) : ''}
    `,
  });
}

function revokeForm(session: OperatorSession, office: OfficeLine): Html {
  return html`<h2>Mencabut pendaftaran</h2>
    <p>
      Kantor ini tidak dapat mengirim lagi, dan layarnya menyebut bahwa pendaftarannya dicabut. Alasan Anda
      tersimpan di Catatan; sampaikan juga kepada kantornya. Yang sudah dikirim tetap tersimpan. Kantor yang
      sama kembali dengan kode pendaftaran baru, dengan berkas dan nomornya.
    </p>
    ${form(
      session,
      `/operator/kantor/${office.id}/cabut`,
      html`${field('alasan', 'Alasan', (attributes) => html`<input ${attributes} required maxlength="300" />`)}
        <div class="check">
          <input type="checkbox" id="paham" name="paham" value="ya" required />
          <label for="paham">Saya mencabut pendaftaran ${office.name}.</label>
        </div>
        <button class="danger">Cabut pendaftaran</button>`,
    )}`;
}

export function codePage(
  session: OperatorSession,
  areas: Areas,
  made: { code: string; area: string; live: readonly string[] } | null,
  problem: string | null,
): Html {
  return page({
    title: 'Kode pendaftaran',
    session,
    path: '/operator/kode',
    body: html`
      ${problem === null ? '' : note(problem, 'problem')}
      ${
        made === null
          ? ''
          : html`<div class="card" role="status">
              <p>
                Kode untuk ${areas.nameOf(made.area)}. Catat sekarang: kode ini hanya ditampilkan sekali,
                berlaku 30 hari, dan untuk satu kantor.
              </p>
              <p class="secret">${made.code}</p>
              <p>
                Sampaikan langsung kepada administrator kantornya. Bila kantor itu mendaftar lewat kurir,
                jangan titipkan kode ini kepada pengantar USB.
              </p>
              ${
                made.live.length === 0
                  ? ''
                  : html`<p>
                      Masih terdaftar di wilayah ini: ${made.live.join(', ')}. Bila kode ini untuk kantor yang
                      sama, misalnya komputernya hilang atau diganti, cabut dahulu pendaftaran lamanya: tanpa
                      itu, kantor tersebut tidak kembali dengan berkas dan nomornya.
                    </p>`
              }
            </div>`
      }
      ${form(
        session,
        '/operator/kode',
        html`${areaField(areas, 'Wilayah kantor', 'Kelurahan atau kecamatan; ketik nama atau kodenya.')}
          <button>Buat kode</button>`,
      )}
    `,
  });
}

/** An area, found by typing; what is sent is its code. */
export function areaField(areas: Areas, label: string, hint: string): Html {
  return html`${field(
      'wilayah',
      label,
      (attributes) =>
        html`<input ${attributes} list="daftar-wilayah" required autocomplete="off" maxlength="80" />`,
      { hint },
    )}
    <datalist id="daftar-wilayah">
      ${areas.all.map(({ code, name }) => html`<option value="${code}">${name}</option>`)}
    </datalist>`;
}
