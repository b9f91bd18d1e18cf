import { html } from 'hono/html';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { Areas } from './area-list.ts';
import { count, field, form, type Html, note, page, table, time } from './layout.ts';
import { areaField } from './office-pages.ts';
import type { OperatorSession } from './operators.ts';
import { type Publication, type PublicationLine, PublishKind } from './publications.ts';

const kinds: Record<PublishKind, string> = {
  'decision.penetapan': 'Penetapan',
  'decision.rank': 'Peringkat',
  'decision.recipients': 'Penerima program',
  'record.rejected': 'Tugas perbaikan',
  'setting.published': 'Pengaturan',
  'reference.list': 'Daftar acuan',
};

/** Items of a publication that are shown one by one before it goes out. */
const shown = 50;

export function publishPage(
  session: OperatorSession,
  areas: Areas,
  publications: readonly PublicationLine[],
  { mistakes = [], lines = '' }: { mistakes?: readonly string[]; lines?: string } = {},
): Html {
  return page({
    title: 'Terbitan untuk kantor',
    session,
    path: '/operator/terbit',
    body: html`
      ${
        mistakes.length === 0
          ? ''
          : html`<div class="note problem" role="alert">
              <p>Belum ada yang disiapkan. Perbaiki dahulu:</p>
              <ul>
                ${mistakes.slice(0, 20).map((mistake) => html`<li>${mistake}</li>`)}
              </ul>
              ${mistakes.length > 20 ? html`<p>… dan ${count(mistakes.length - 20)} lagi.</p>` : ''}
            </div>`
      }
      <h2>Penetapan</h2>
      ${form(
        session,
        '/operator/terbit/penetapan',
        html`${field(
            'periodId',
            'Periode',
            (attributes) =>
              html`<input ${attributes} required pattern="[0-9]{4}-[0-9]{2}" placeholder="2026-11" />`,
            { hint: 'Tahun dan bulan akhir periode, misalnya 2026-11.' },
          )}
          ${field(
            'decree',
            'Nomor keputusan',
            (attributes) => html`<input ${attributes} required maxlength="120" />`,
          )}
          ${field(
            'decidedOn',
            'Tanggal keputusan',
            (attributes) => html`<input ${attributes} type="date" required />`,
          )}
          ${field(
            'lines',
            'Keluarga',
            (attributes) => html`<textarea ${attributes} required spellcheck="false">${lines}</textarea>`,
            {
              hint: 'Satu baris satu keluarga: nomor provinsi; ditetapkan atau tidak ditetapkan; catatan. Boleh disalin dari lembar kerja.',
            },
          )} <button>Siapkan penetapan</button>`,
      )}
      <h2>Dari berkas</h2>
      ${form(
        session,
        '/operator/terbit/berkas',
        html`${field(
            'kind',
            'Jenis',
            (attributes) =>
              html`<select ${attributes}>
                ${PublishKind.options.map((kind) => html`<option value="${kind}">${kinds[kind]}</option>`)}
              </select>`,
          )}
          ${areaField(
            areas,
            'Untuk kantor di',
            'Provinsi, kota, kecamatan, atau kelurahan. Putusan dan tugas hanya sampai ke kantor yang memegang keluarganya.',
          )}
          ${field(
            'berkas',
            'Berkas JSON',
            (attributes) =>
              html`<input ${attributes} type="file" accept=".json,application/json" required />`,
            { hint: 'Isi satu butir atau larik butir, menurut skema di dokumen API.' },
          )} <button>Siapkan dari berkas</button>`,
        true,
      )}
      <h2>Riwayat</h2>
      ${table(
        'Terbitan terakhir',
        ['Jenis', { number: 'Butir' }, 'Oleh', 'Disiapkan', 'Diterbitkan'],
        publications.map(
          ({ id, kind, count: items, who, preparedAt, issuedAt }) =>
            html`<tr>
              <th scope="row">
                <a href="/operator/terbit/${id}">${kinds[PublishKind.parse(kind)]}</a>
              </th>
              <td class="number">${count(items)}</td>
              <td>${who}</td>
              <td>${time(preparedAt)}</td>
              <td>${issuedAt === null ? 'Belum' : time(issuedAt)}</td>
            </tr>`,
        ),
        'Belum ada terbitan.',
      )}
    `,
  });
}

export function publicationPage(
  session: OperatorSession,
  areas: Areas,
  { id, kind, items, preparedAt, issuedAt }: Publication,
  officeNames: ReadonlyMap<string, string>,
): Html {
  const nameOf = ({ to }: Publication['items'][number]): string =>
    'area' in to ? areas.nameOf(to.area) : (officeNames.get(to.officeId) ?? to.officeId);
  return page({
    title: `${kinds[kind]}: ${count(items.length)} butir`,
    session,
    body: html`
      <p>
        Disiapkan ${time(preparedAt)}.
        ${issuedAt === null ? 'Belum diterbitkan.' : html`Diterbitkan ${time(issuedAt)}.`}
      </p>
      ${table(
        items.length > shown ? `${shown} butir pertama dari ${count(items.length)}` : 'Isi terbitan',
        ['Untuk', 'Isi'],
        items.slice(0, shown).map(
          (item) =>
            html`<tr>
              <th scope="row">${nameOf(item)}</th>
              <td>${summaryOf(kind, item.body)}</td>
            </tr>`,
        ),
        'Tidak ada butir.',
      )}
      ${
        issuedAt === null
          ? form(
              session,
              `/operator/terbit/${id}`,
              html`${
                  kind === 'decision.rank'
                    ? html`<p>
                        Periksa dari berapa keluarga peringkat itu; petugas membacakannya kepada keluarga.
                        Bila berkas ini hanya sebagian dari daftar yang lebih panjang, jangan terbitkan: tulis
                        jumlah seluruhnya (of) di berkas, lalu siapkan lagi.
                      </p>`
                    : ''
                }
                <p>
                  Yang diterbitkan ditandatangani server dan turun ke kantor; tidak dapat ditarik, hanya
                  disusul terbitan baru.
                </p>
                <button>Terbitkan ${count(items.length)} butir</button>`,
            )
          : note('Sudah diterbitkan; kantor mengambilnya saat tersambung.', 'done')
      }
    `,
  });
}

/** Of how many the ranks are, which the clerk reads to the family. */
function amongOf(of: unknown): string {
  return typeof of === 'number' ? `dari ${count(of)} keluarga seluruhnya` : 'tanpa jumlah seluruhnya';
}

function summaryOf(kind: PublishKind, body: Record<string, unknown>): string {
  const text = (name: string): string => String(body[name] ?? '');
  const many = (name: string): string => count(Array.isArray(body[name]) ? body[name].length : 0);
  switch (kind) {
    case 'decision.penetapan':
      return `${text('outcome').replace('_', ' ')}, ${text('decree')}, berkas ${text('caseId')}`;
    case 'decision.rank':
      return `Periode ${text('periodId')}, ${many('ranks')} peringkat menurut ${text('model')}, ${amongOf(body['of'])}`;
    case 'decision.recipients':
      return `Periode ${text('periodId')}, ${many('recipients')} penerima`;
    case 'record.rejected':
      return `${text('sentence')} Berkas ${text('caseId')}`;
    case 'setting.published':
      return `${text('setting').replace('_', ' ')}: ${text('title')}, versi ${text('version')}, mulai ${text('effectiveFrom')}`;
    case 'reference.list':
      return `${text('name')}, versi ${text('version')}, bagian ${text('part')} dari ${text('parts')}, ${many('households')} rumah tangga`;
    default:
      return assertNever(kind);
  }
}
