import type { Content } from 'pdfmake/interfaces.js';
import { z } from 'zod';
import { Consent } from '../../shared/domain/consent.ts';
import { Household } from '../../shared/domain/household.ts';
import { maskNumber } from '../../shared/domain/nik.ts';
import { relationLabel } from '../../shared/domain/person.ts';
import {
  IdentificationResult,
  identificationResultLabel,
  PassiveGrounds,
  RegistrationMode,
  registrationModeLabel,
} from '../../shared/domain/registration.ts';
import { renderDocument } from './document.ts';
import { across, facts, letterTop, paragraph, ruledTable } from './letter.ts';
import { fontOf } from './letterhead.ts';
import { definePaper, PaperBase, SignerFacts } from './paper-kind.ts';
import { mm, papers } from './paper.ts';
import { withSignatures } from './signatures.ts';
import { paperDay, paperLongDay } from './words.ts';
import { formatRtRw } from '../../shared/domain/rt-rw.ts';

const FamilyPaper = PaperBase.extend({
  number: z.string(),
  registeredAt: z.string(),
  mode: RegistrationMode,
  passive: PassiveGrounds.nullable(),
  household: Household,
  kelurahan: z.string(),
  clerk: SignerFacts,
});

const RegistrationForm = FamilyPaper.extend({
  /** What was recorded of the family's consent; null where nobody asked it yet. */
  consent: Consent.nullable(),
});

/** Formulir pendaftaran: what was said at the counter, for the family to sign. Numbers stand in full. */
export const formulirPendaftaran = definePaper(
  'formulir_pendaftaran',
  RegistrationForm,
  (form, frame, fonts) => {
    const head = form.household.members.find(({ relation }) => relation === '1');
    return renderDocument(
      {
        title: `Formulir pendaftaran ${form.number}`,
        paper: form.paper,
        landscape: true,
        frame,
        content: [
          ...letterTop(form, 'FORMULIR PENDAFTARAN', form.number, across(papers[form.paper])),
          registration(form),
          memberTable(form.household, false),
          { text: '', margin: [0, 0, 0, mm(3)] },
          withSignatures(
            paragraph(
              `${statement(form.consent)}\nDokumen yang diperiksa petugas:   ${box}KTP   ${box}Kartu\u00a0Keluarga   ${box}lainnya: ....................`,
            ),
            `${form.place}, ${paperLongDay(form.registeredAt)}`,
            [{ role: 'Pendaftar,', name: head?.name ?? null }, form.clerk],
          ),
        ],
      },
      fonts,
    );
  },
);

const use = 'untuk pemutakhiran data kesejahteraan sosial';
const box = '[\u00a0\u00a0\u00a0]\u00a0';

const consentWords: Record<Consent, string> = {
  '1': `, dan menyetujui datanya dipakai ${use}`,
  '2': `, dan telah menyetujui secara lisan, di hadapan petugas, datanya dipakai ${use}`,
  '3': `. Wali atau wakil yang sah telah menyetujui datanya dipakai ${use}`,
  '4': ', dan tidak menyetujui datanya dibagikan',
};

/** What the family signs: that its facts are right, and of its consent what was recorded and no more. */
function statement(consent: Consent | null): string {
  const right = 'Saya menyatakan bahwa keterangan di atas benar';
  if (consent !== null) return `${right}${consentWords[consent]}.`;
  return `${right}. Persetujuan datanya dipakai ${use} belum dicatat:   ${box}setuju   ${box}tidak\u00a0setuju.`;
}

const FamilyProfile = FamilyPaper.extend({
  state: z.string(),
  result: IdentificationResult.nullable(),
  history: z.array(
    z.object({ at: z.string(), label: z.string(), by: z.string(), words: z.string().nullable() }),
  ),
});

/** Profil keluarga: who lives there and what has happened to the case, for a file or a meeting. Numbers are masked. */
export const profilKeluarga = definePaper('profil_keluarga', FamilyProfile, (profile, frame, fonts) =>
  renderDocument(
    {
      title: `Profil keluarga ${profile.number}`,
      paper: profile.paper,
      landscape: true,
      frame,
      content: [
        ...letterTop(profile, 'PROFIL KELUARGA', profile.number, across(papers[profile.paper])),
        registration(profile),
        facts([
          ['Keadaan berkas', profile.state],
          [
            'Hasil identifikasi',
            profile.result === null ? 'belum diidentifikasi' : identificationResultLabel[profile.result],
          ],
        ]),
        memberTable(profile.household, true),
        { text: 'Riwayat', ...fontOf('semiBold'), margin: [0, mm(4), 0, mm(1.5)] },
        ruledTable(
          [
            { label: 'Tanggal', width: 34 },
            { label: 'Langkah', width: 66 },
            { label: 'Oleh', width: 52 },
            { label: 'Alasan atau keterangan', width: 0 },
          ],
          profile.history.map(({ at, label, by, words }) => [paperLongDay(at), label, by, words ?? '']),
        ),
      ],
    },
    fonts,
  ),
);

function registration(form: z.infer<typeof FamilyPaper>): Content {
  const { address, phone } = form.household;
  const left: [string, string][] = [
    ['Tanggal daftar', paperLongDay(form.registeredAt)],
    ['Cara daftar', registrationModeLabel[form.mode]],
    ['Alamat', `${address.street}, ${formatRtRw(address.rt, address.rw)}, Kelurahan ${form.kelurahan}`],
  ];
  const right: [string, string][] = [
    ['Telepon', phone ?? '–'],
    ['Jumlah anggota', `${form.household.members.length} orang`],
    ...(form.passive === null
      ? []
      : [
          ['Alasan pasif', form.passive.reason] as [string, string],
          ['Pengusul', `${form.passive.proposer}, ${form.passive.proposerRole}`] as [string, string],
        ]),
  ];
  return { columns: [facts(left, 32), facts(right, 32)], columnGap: mm(8) };
}

function memberTable({ members, families }: Household, masked: boolean): Content {
  const show = (digits: string | null) =>
    digits === null ? 'belum ada' : masked ? maskNumber(digits) : digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
  return ruledTable(
    [
      { label: 'No', width: 9, align: 'right' },
      { label: 'Nama', width: 0 },
      { label: 'NIK', width: 40 },
      { label: 'No KK', width: 40 },
      { label: 'L/P', width: 10, align: 'center' },
      { label: 'Tempat, tanggal lahir', width: 50 },
      { label: 'Hubungan dengan KRT', width: 36 },
      { label: 'Nama ibu', width: 36 },
    ],
    members.map((member, index) => [
      String(index + 1),
      member.name,
      show(member.nik),
      show(families.find(({ no }) => no === member.familyNo)?.kk ?? null),
      member.sex,
      [member.birthPlace, member.birthDate === null ? null : paperDay(member.birthDate)]
        .filter((part) => part !== null)
        .join(', '),
      relationLabel[member.relation],
      member.motherName ?? '–',
    ]),
  );
}
