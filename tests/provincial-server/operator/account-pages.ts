import { html } from 'hono/html';
import { ReadRole } from '../../../shared/provincial/read.ts';
import type { Areas } from './area-list.ts';
import { count, field, form, type Html, note, page, table, time } from './layout.ts';
import { areaField } from './office-pages.ts';
import { longestName, type OperatorAction, type OperatorSession, shortestPassword } from './operators.ts';
import type { AccessLine, ActionLine, OperatorLine, TokenLine } from './overview.ts';

const roles: Record<ReadRole, string> = {
  publik_agregat: 'Publik: jumlah saja',
  kelurahan: 'Kelurahan: keluarga, NIK disamarkan',
  provinsi: 'Provinsi: keluarga dengan NIK utuh',
};

export function loginPage(problem: string | null, name = ''): Html {
  return page({
    title: 'Masuk',
    session: null,
    body: html`${problem === null ? '' : note(problem, 'problem')}
      <form method="post" action="/operator/masuk">
        ${field(
          'nama',
          'Nama',
          (attributes) =>
            html`<input
              ${attributes}
              value="${name}"
              autocomplete="username"
              required
              maxlength="80"
              autofocus
            />`,
        )}
        ${field(
          'sandi',
          'Kata sandi',
          (attributes) =>
            html`<input
              ${attributes}
              type="password"
              autocomplete="current-password"
              required
              maxlength="200"
            />`,
        )}
        <button>Masuk</button>
      </form>`,
  });
}

export function problemPage(session: OperatorSession | null, title: string, sentence: string): Html {
  return page({
    title,
    session,
    body: html`${note(sentence, 'problem')}
      <p><a href="/operator">Ke daftar kantor</a></p>`,
  });
}

function passwordField(name: string, label: string, autocomplete: string, hint?: string): Html {
  return field(
    name,
    label,
    (attributes) =>
      html`<input ${attributes} type="password" autocomplete="${autocomplete}" required maxlength="200" />`,
    hint === undefined ? {} : { hint },
  );
}

export function passwordPage(session: OperatorSession, problem: string | null): Html {
  return page({
    title: 'Kata sandi',
    session,
    path: '/operator/sandi',
    body: html`${problem === null ? '' : note(problem, 'problem')}
    ${form(
      session,
      '/operator/sandi',
      html`${passwordField('lama', 'Kata sandi sekarang', 'current-password')}
        ${passwordField(
          'baru',
          'Kata sandi baru',
          'new-password',
          `Paling sedikit ${shortestPassword} huruf; kalimat pendek lebih mudah diingat.`,
        )}
        ${passwordField('ulang', 'Kata sandi baru sekali lagi', 'new-password')}
        <button>Ganti kata sandi</button>`,
    )}`,
  });
}

export function operatorsPage(
  session: OperatorSession,
  operators: readonly OperatorLine[],
  {
    made = null,
    problem = null,
  }: { made?: { name: string; password: string } | null; problem?: string | null } = {},
): Html {
  return page({
    title: 'Operator',
    session,
    path: '/operator/akun',
    body: html`
      ${problem === null ? '' : note(problem, 'problem')}
      ${
        made === null
          ? ''
          : html`<div class="card" role="status">
              <p>
                Kata sandi untuk ${made.name}. Sampaikan langsung kepadanya: hanya ditampilkan sekali. Setelah
                masuk, ia menggantinya di halaman Kata sandi.
              </p>
              <p class="secret">${made.password}</p>
            </div>`
      }
      ${table(
        'Operator',
        ['Nama', 'Sejak', 'Tindakan terakhir', 'Keadaan', 'Tindakan'],
        operators.map((operator) => operatorRow(session, operator)),
        'Belum ada operator.',
      )}
      <h2>Operator baru</h2>
      ${form(
        session,
        '/operator/akun',
        html`${field(
            'nama',
            'Nama',
            (attributes) =>
              html`<input ${attributes} required maxlength="${longestName}" autocomplete="off" />`,
            { hint: 'Dipakai untuk masuk, dan tertulis di catatan. Setiap orang punya nama sendiri.' },
          )} <button>Tambah operator</button>`,
      )}
    `,
  });
}

function operatorRow(
  session: OperatorSession,
  { id, name, createdAt, actedAt, disabledAt }: OperatorLine,
): Html {
  const passwordForm = (label: string): Html =>
    form(
      session,
      `/operator/akun/${id}/sandi`,
      html`<button class="quiet" aria-label="${label} untuk ${name}">${label}</button>`,
    );
  const disableForm = form(
    session,
    `/operator/akun/${id}/nonaktif`,
    html`<button class="danger" aria-label="Nonaktifkan ${name}">Nonaktifkan</button>`,
  );
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${time(createdAt)}</td>
    <td>${actedAt === null ? 'Belum ada' : time(actedAt)}</td>
    <td>
      ${disabledAt === null ? 'Aktif' : html`<span class="bad">Nonaktif</span> sejak ${time(disabledAt)}`}
    </td>
    <td>
      ${
        disabledAt !== null
          ? passwordForm('Aktifkan dengan kata sandi baru')
          : html`${id === session.operator.id ? '' : passwordForm('Kata sandi baru')} ${disableForm}`
      }
    </td>
  </tr>`;
}

export function tokensPage(
  session: OperatorSession,
  areas: Areas,
  tokens: readonly TokenLine[],
  now: Date,
  { made = null, problem = null }: { made?: string | null; problem?: string | null } = {},
): Html {
  return page({
    title: 'Token pembaca',
    session,
    path: '/operator/token',
    body: html`
      ${problem === null ? '' : note(problem, 'problem')}
      ${
        made === null
          ? ''
          : html`<div class="card" role="status">
              <p>Token baru. Salin sekarang: hanya ditampilkan sekali.</p>
              <p class="secret">${made}</p>
            </div>`
      }
      ${table(
        'Token',
        ['Pembaca', 'Peran', 'Wilayah', 'Sampai', 'Terakhir membaca', 'Tindakan'],
        tokens.map((token) => tokenRow(session, areas, token, now)),
        'Belum ada token.',
      )}
      <h2>Token baru</h2>
      ${form(
        session,
        '/operator/token',
        html`${field(
            'pembaca',
            'Pembaca',
            (attributes) => html`<input ${attributes} required maxlength="120" />`,
            { hint: 'Situs atau unit yang memakainya; namanya masuk ke catatan pembacaan.' },
          )}
          ${field(
            'peran',
            'Peran',
            (attributes) =>
              html`<select ${attributes}>
                ${ReadRole.options.map((role) => html`<option value="${role}">${roles[role]}</option>`)}
              </select>`,
          )}
          ${areaField(areas, 'Wilayah', 'Provinsi, kota, kecamatan, atau kelurahan.')}
          ${field(
            'hari',
            'Berlaku berapa hari',
            (attributes) => html`<input ${attributes} type="number" min="1" max="366" value="90" required />`,
          )} <button>Buat token</button>`,
      )}
    `,
  });
}

function tokenRow(session: OperatorSession, areas: Areas, token: TokenLine, now: Date): Html {
  const ended = token.revokedAt !== null || token.expiresAt <= now;
  return html`<tr>
    <th scope="row">${token.reader}</th>
    <td>${roles[ReadRole.parse(token.role)]}</td>
    <td>${areas.nameOf(token.area)}</td>
    <td>${token.revokedAt === null ? time(token.expiresAt) : html`<span class="bad">Dicabut</span>`}</td>
    <td>${token.readAt === null ? 'Belum pernah' : time(token.readAt)}</td>
    <td>
      ${
        ended
          ? '–'
          : form(
              session,
              `/operator/token/${token.id}/cabut`,
              html`<button class="danger" aria-label="Cabut token ${token.reader}">Cabut</button>`,
            )
      }
    </td>
  </tr>`;
}

const actions: Record<OperatorAction, string> = {
  kode_dibuat: 'Membuat kode pendaftaran',
  kantor_dicabut: 'Mencabut kantor',
  terbitan_disiapkan: 'Menyiapkan terbitan',
  terbitan_diterbitkan: 'Menerbitkan',
  token_dibuat: 'Membuat token pembaca',
  token_dicabut: 'Mencabut token pembaca',
  sandi_diganti: 'Mengganti kata sandi',
  sandi_dibuat_baru: 'Membuat kata sandi baru untuk operator',
  operator_ditambah: 'Menambah operator',
  operator_dinonaktifkan: 'Menonaktifkan operator',
  operator_diaktifkan: 'Mengaktifkan operator lagi',
  kunci_diumumkan: 'Mengumumkan kunci server berikutnya',
  kunci_diganti: 'Mengganti kunci server',
  kunci_bocor: 'Mengganti kunci server yang bocor, dan mencabut semua kantor',
};

const readings: Record<string, string> = {
  rekap: 'Jumlah',
  cari_keluarga: 'Mencari keluarga',
  lihat_keluarga: 'Melihat satu keluarga',
};

export function logPage(
  session: OperatorSession,
  done: readonly ActionLine[],
  accesses: readonly AccessLine[],
): Html {
  return page({
    title: 'Catatan',
    session,
    path: '/operator/catatan',
    body: html`
      ${table(
        'Yang dikerjakan operator (200 terakhir)',
        ['Waktu', 'Oleh', 'Tindakan', 'Tentang'],
        done.map(
          ({ at, who, action, about }) =>
            html`<tr>
              <td>${time(at)}</td>
              <td>${who ?? 'Perintah di server'}</td>
              <td>${actions[action]}</td>
              <td class="soft">
                ${Object.entries(about)
                  .map(([name, value]) => `${name}: ${String(value)}`)
                  .join('; ')}
              </td>
            </tr>`,
        ),
        'Belum ada.',
      )}
      <h2>Pembacaan</h2>
      ${table(
        'Yang dibaca dengan token (200 terakhir)',
        ['Waktu', 'Pembaca', 'Peran', 'Yang dibaca', { number: 'Baris' }, 'Jawaban'],
        accesses.map(
          ({ at, reader, role, what, rows, refused }) =>
            html`<tr>
              <td>${time(at)}</td>
              <td>${reader}</td>
              <td>${role.replace('_', ' ')}</td>
              <td>${readings[what] ?? what}</td>
              <td class="number">${count(rows)}</td>
              <td>${refused === null ? 'Dijawab' : html`<span class="bad">Ditolak</span>`}</td>
            </tr>`,
        ),
        'Belum ada.',
      )}
    `,
  });
}
