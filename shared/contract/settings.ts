import { z } from 'zod';
import { QueueDays } from '../domain/queue.ts';
import { Printer } from '../domain/printer.ts';
import { CapableRule } from '../domain/muskel.ts';
import { LetterCodes } from '../domain/document.ts';
import { Calendar } from '../domain/calendar.ts';

/**
 * What an office may set. What the sources of the domain leave open (calendar, reasons, formats)
 * stands here with its default, never in code.
 */
export const Settings = z.object({
  /** Lines of the letterhead below the names of the areas. */
  officeAddress: z.string().max(200).default(''),
  officePhone: z.string().max(40).default(''),
  /** Label of the province on paper; its legal name changed in 2024. */
  provinceName: z.string().max(80).default('Provinsi Daerah Khusus Jakarta'),
  /** Months in which an MPM period ends. */
  periodMonths: z.array(z.int().min(1).max(12)).min(1).max(12).default([5, 11]),
  /** Days before the end of a period on which its stages end; a period may have dates of its own. */
  calendar: Calendar.prefault({}),
  /** Where papers are signed: the word before the date. */
  signingPlace: z.string().trim().min(1).max(60).default('Jakarta'),
  passiveReasons: z
    .array(z.string().trim().min(1).max(60))
    .min(1)
    .default([
      'Lansia tunggal',
      'Penyandang disabilitas',
      'Tinggal di tempat terpencil',
      'Sakit berat atau dirawat',
      'Lainnya',
    ]),
  /** Minutes without work after which the screen locks. */
  idleMinutes: z.int().min(1).max(120).default(15),
  /** Placeholders: {area} code of the kelurahan without dots, {year}, {serial:6}. */
  caseNumberFormat: z
    .string()
    .regex(/\{serial(:\d)?\}/, 'Format harus memuat {serial}.')
    .default('{area}/{year}/{serial:6}'),
  /**
   * Whether what a family refused to share goes to the province all the same. The public task is the
   * legal basis (UU 27/2022, Ps. 20), not consent; whether that holds here is for the province to say.
   */
  sendRefusing: z.boolean().default(true),
  /** Whether a listed family that the meeting finds well-off leaves, or still goes on to the visit. */
  muskelCapable: CapableRule.default('tidak_layak'),
  /** Days after the lurah's legalisation in which somebody may object, and in which the lurah answers. */
  objectionDays: z.int().min(0).max(90).default(7),
  objectionAnswerDays: z.int().min(1).max(90).default(14),
  /** Placeholders: {serial:3} within the year, {code} of the kind, {month}, {roman}, {year}. */
  letterNumberFormat: z
    .string()
    .regex(/\{serial(:\d)?\}/, 'Format harus memuat {serial}.')
    .max(80)
    .default('{serial:3}/{code}/{roman}/{year}'),
  letterCodes: LetterCodes.prefault({}),
  /** What the team's members come from. */
  teamOrigins: z
    .array(z.string().trim().min(1).max(60))
    .min(1)
    .default(['TKSK', 'PSM', 'Karang Taruna', 'Tagana', 'PKK', 'RT/RW']),
  /** What a Berita Acara ends with, and what the lurah states in the SPTJM, point by point. */
  minutesClosing: z
    .string()
    .trim()
    .min(1)
    .max(600)
    .default(
      'Demikian Berita Acara ini dibuat dengan sebenarnya dan ditandatangani bersama, untuk menjadi dasar verifikasi lapangan. Keberatan atas putusan dapat disampaikan kepada kelurahan selama masa sanggah.',
    ),
  sptjmStatements: z
    .array(z.string().trim().min(1).max(400))
    .min(1)
    .default([
      'Data dalam daftar tersebut disusun melalui musyawarah kelurahan dan sesuai dengan keadaan yang sebenarnya menurut musyawarah.',
      'Saya bertanggung jawab mutlak atas kebenaran daftar tersebut.',
      'Apabila di kemudian hari terdapat kekeliruan, saya bersedia memperbaikinya dan mempertanggungjawabkannya menurut ketentuan yang berlaku.',
    ]),
  /** To whom a surat pengantar goes, line by line. */
  letterRecipient: z.array(z.string().trim().min(1).max(120)).min(1).default(['Camat', 'di tempat']),
  /** Why a visit found otherwise than was printed; the first is the commonest. */
  differenceReasons: z
    .array(z.string().trim().min(1).max(60))
    .min(1)
    .max(9)
    .default([
      'Keadaan berubah',
      'Data lama keliru',
      'Salah tulis di formulir',
      'Keterangan keluarga berbeda',
    ]),
  /** Per cent of a batch that is drawn to be opened before the lurah approves all; see `sampleSize`. */
  approvalSample: z.int().min(1).max(100).default(10),
  /** Days after which a case that waits is overdue, by its state. */
  queueDays: QueueDays.prefault({}),
  /**
   * Programs of the province by which findings ask whether who receives them stands in a list. Each with
   * what else it is called: `KLJ = Kartu Lansia Jakarta`; one for a family, and not for one person, is marked
   * `(keluarga)`. Names and programs change by decree.
   */
  regionalPrograms: z
    .array(z.string().trim().min(1).max(120))
    .max(30)
    .default([
      'KLJ = Kartu Lansia Jakarta',
      'KPDJ = Kartu Penyandang Disabilitas Jakarta',
      'KAJ = Kartu Anak Jakarta',
      'KJP Plus = KJP = Kartu Jakarta Pintar',
      'KJMU = Kartu Jakarta Mahasiswa Unggul',
    ]),
  teamName: z.string().max(80).default('Tim Masyarakat Peduli'),
  paper: z.enum(['F4', 'A4']).default('F4'),
  /** Printers whose pages have to be put right, and the one in use; none where nothing has to be. */
  printers: z.array(Printer).max(10).default([]),
  printer: z.string().max(60).default(''),
  /** Id of the questionnaire that the office verifies with; the print dialog can take another. */
  instrument: z.string().max(40).default('bdt-2015'),
  /** When the recovery sheet was confirmed as kept; null until then. */
  recoveryConfirmedAt: z.string().nullable().default(null),
});
export type Settings = z.infer<typeof Settings>;

const Changeable = Settings.omit({ recoveryConfirmedAt: true }).partial();

/**
 * Some of the settings, to be changed. Zod fills in a default also where its key is optional and left
 * out; what nobody named would be set back, so it is taken out again.
 */
export const SettingsChange = z.custom<z.input<typeof Changeable>>().transform((named, context) => {
  const read = Changeable.safeParse(named);
  if (!read.success) {
    for (const { message, path } of read.error.issues) context.addIssue({ code: 'custom', message, path });
    return z.NEVER;
  }
  for (const key of Object.keys(read.data))
    if (!Object.hasOwn(named, key)) Reflect.deleteProperty(read.data, key);
  return read.data;
});

export const settingsContract = {
  read: { output: Settings },
  update: { input: SettingsChange, output: Settings },
};
