import { z } from 'zod';

/** Identity parameters and household characteristics that are compared one by one. */
export const MatchField = z.enum([
  'nama',
  'nik',
  'kk',
  'tanggal_lahir',
  'umur',
  'jenis_kelamin',
  'alamat',
  'rt_rw',
  'nama_ibu',
  'jumlah_anggota',
  'kepala',
  'jumlah_keluarga',
  'jawaban',
]);
export type MatchField = z.infer<typeof MatchField>;

/** Equal, different, or missing on a side: the words that the rule of identification is written in. */
export const FieldVerdict = z.enum(['sama', 'beda', 'tidak_ada']);
export type FieldVerdict = z.infer<typeof FieldVerdict>;

export const fieldVerdictLabel: Record<FieldVerdict, string> = {
  sama: 'Sama',
  beda: 'Berbeda',
  tidak_ada: 'Tidak ada',
};

export const FieldComparison = z.object({
  field: MatchField,
  label: z.string(),
  reported: z.string().nullable(),
  reference: z.string().nullable(),
  verdict: FieldVerdict,
  /**
   * Whether this makes a known household "berubah": a difference does, and so does a value that a
   * list which holds the field left open and the family now states.
   */
  changes: z.boolean(),
  /** Why it counts as equal or missing although it looks otherwise, in plain words. */
  note: z.string().nullable(),
});
export type FieldComparison = z.infer<typeof FieldComparison>;

/** "NIK dan tanggal lahir berbeda"; null where no field differs, and somebody has to say it in words. */
export function differencesInWords(fields: readonly FieldComparison[]): string | null {
  const labels = fields.filter((field) => field.verdict === 'beda').map(labelInSentence);
  const last = labels.at(-1);
  if (last === undefined) return null;
  const list = labels.length === 1 ? last : `${labels.slice(0, -1).join(', ')} dan ${last}`;
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} berbeda`;
}

/** Whether somebody wrote why two are not the same, or are: three different letters, more than keys that were meant as commands. */
export function isReasonOfVerdict(reason: string | null): boolean {
  return new Set((reason ?? '').toLowerCase().match(/\p{L}/gu)).size >= 3;
}

/** "nama" of "Nama", "NIK" as it is: as it stands within a sentence. */
export function labelInSentence({ label }: { label: string }): string {
  return /^[A-Z]{2}|^No /.test(label) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** `auto`: sure enough to confirm in one stroke; `review`: a person looks; `none`: not found. */
export const MatchOutcome = z.enum(['auto', 'review', 'none']);
export type MatchOutcome = z.infer<typeof MatchOutcome>;

/** One step of the explanation; `bits` is for whoever wants the numbers. */
export const WaterfallLine = z.object({ text: z.string(), note: z.string().nullable(), bits: z.number() });
export type WaterfallLine = z.infer<typeof WaterfallLine>;

/** What the program makes of a pair. */
export const MatchJudgement = z.object({
  probability: z.number(),
  /** "Hampir pasti orang yang sama", said without numbers. */
  verdict: z.string(),
  /** Why a person has to look, one sentence each; empty where the engine is sure. */
  doubts: z.array(z.string()),
  /** What would change the program's mind, one sentence each; empty for a pair that is not asked about. */
  whatIf: z.array(z.string()),
});
export type MatchJudgement = z.infer<typeof MatchJudgement>;

/** The same with each piece of evidence: told where somebody wants to know why, and kept with a decision. */
export const MatchExplanation = MatchJudgement.extend({
  lines: z.array(WaterfallLine),
  bits: z.number(),
  /** What was read differently from how it stands, each side. */
  readAs: z.array(z.string()),
});
export type MatchExplanation = z.infer<typeof MatchExplanation>;

/** `98 %`, and never a false certainty: `lebih dari 99,9 %`. */
export function displayProbability(probability: number): string {
  if (probability >= 0.9999) return 'lebih dari 99,99 %';
  if (probability >= 0.999) return 'lebih dari 99,9 %';
  if (probability < 0.01) return 'kurang dari 1 %';
  const percent = new Intl.NumberFormat('id-ID', { maximumFractionDigits: probability > 0.99 ? 1 : 0 });
  return `${percent.format(Math.floor(probability * 1000) / 10)} %`;
}
