import { z } from 'zod';
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
  teamName: z.string().max(80).default('Tim Masyarakat Peduli'),
  paper: z.enum(['F4', 'A4']).default('F4'),
  /** Id of the questionnaire that the office verifies with; the print dialog can take another. */
  instrument: z.string().max(40).default('bdt-2015'),
  /** When the recovery sheet was confirmed as kept; null until then. */
  recoveryConfirmedAt: z.string().nullable().default(null),
});
export type Settings = z.infer<typeof Settings>;

export const settingsContract = {
  read: { output: Settings },
  update: { input: Settings.omit({ recoveryConfirmedAt: true }).partial(), output: Settings },
};
