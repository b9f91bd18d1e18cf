import { z } from 'zod';
import type {
  CaseDetail,
  CaseFilter,
  CaseRow,
  HistoryEntry,
  StepInput,
  StepOutcome,
} from '../../shared/contract/cases.ts';
import { CaseAction, CaseState, findEdge } from '../../shared/domain/case-flow.ts';
import { caseActionLabel } from '../../shared/domain/case-words.ts';
import { daysSince, queueStates } from '../../shared/domain/queue.ts';
import { Role } from '../../shared/domain/role.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { findAccount } from '../store/accounts.ts';
import { listAttachmentsOfCase } from '../store/attachments.ts';
import { ageOfState, countByState, listCases, searchCases } from '../store/case-list.ts';
import { findCase, isEnterer } from '../store/cases.ts';
import { transaction } from '../store/connection.ts';
import { findConsent } from '../store/consent.ts';
import { countOpenFindings } from '../store/finding.ts';
import { waitingCorrections } from '../store/corrections.ts';
import { countDrafts, oldestDraft } from '../store/intake.ts';
import { countMuskelForLurah } from '../store/muskel.ts';
import { appendEvent, type JournalEntry, listCaseEvents } from '../store/journal.ts';
import { listPrintsOfCase } from '../store/prints.ts';
import { countWithoutNik, listProvisional, oldestWithoutNik } from '../store/without-nik.ts';
import { countAttention } from './attention.ts';
import { getCase, takeStep } from './case-steps.ts';
import { documentOpened, oneOpening } from './document-opening.ts';
import { runningPeriod } from './periods.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

export function pageOfCases(
  register: Register,
  page: { filter: CaseFilter; text?: string; offset: number; limit: number },
): { total: number; rows: CaseRow[] } {
  return listCases(register.db, page);
}

export function findCasesByText(register: Register, text: string): CaseRow[] {
  return searchCases(register.db, text, 20);
}

/** @throws AppError `not_found`. */
export function caseDetail(register: Register, actor: ServiceActor, caseId: string): CaseDetail {
  const current = getCase(register, caseId);
  return {
    case: current,
    registeredByName: findAccount(register.db, current.registeredBy)?.name ?? '',
    history: joinOpenings(listCaseEvents(register.db, caseId).map(toHistory)),
    consent: findConsent(register.db, caseId)?.kind ?? null,
    provisional: listProvisional(register.db, caseId),
    enteredByMe: actor.id !== null && isEnterer(register.db, caseId, actor.id),
    attachments: listAttachmentsOfCase(register.db, caseId),
    prints: listPrintsOfCase(register.db, caseId),
  };
}

/**
 * The numbers of a family, by the family's number and the member's id. Notes who had them shown, and
 * when: whoever looks must be able to say why.
 *
 * @throws AppError `not_found`.
 */
export function revealNumbers(
  register: Register,
  actor: ServiceActor,
  caseId: string,
): { kk: Record<string, string>; nik: Record<string, string> } {
  return transaction(register.db, () => {
    const { id, household } = getCase(register, caseId);
    appendEvent(register.db, {
      at: instant(register.clock),
      actor: { id: actor.id, role: actor.role },
      type: 'nomor_ditampilkan',
      caseId: id,
    });
    return {
      kk: Object.fromEntries(household.families.flatMap(({ no, kk }) => (kk === null ? [] : [[no, kk]]))),
      nik: Object.fromEntries(
        household.members.flatMap(({ id: of, nik }) => (nik === null ? [] : [[of, nik]])),
      ),
    };
  });
}

/**
 * A step that needs nothing but a reason, from the generic buttons. Steps with a screen of their own
 * are taken by that screen's service, which makes sure of what they need.
 */
export function takeGenericStep(register: Register, actor: ServiceActor, input: StepInput): CaseState {
  const current = findCase(register.db, input.caseId);
  if (current !== null && findEdge(current.state, input.action)?.ownScreen) {
    throw new AppError('step_needs', {
      need: `langkah "${caseActionLabel[input.action]}" punya layarnya sendiri`,
    });
  }
  return takeStep(register, actor, input).case.state;
}

/** Takes each step in a transaction of its own: what cannot be done says why and holds up nothing. */
export function takeGenericSteps(
  register: Register,
  actor: ServiceActor,
  steps: readonly StepInput[],
): StepOutcome[] {
  return steps.map((step) => {
    const number = findCase(register.db, step.caseId)?.number ?? '';
    try {
      return {
        caseId: step.caseId,
        number,
        done: true,
        state: takeGenericStep(register, actor, step),
        problem: null,
      };
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      return { caseId: step.caseId, number, done: false, state: null, problem: cause.message };
    }
  });
}

export function workCounts(
  register: Register,
  actor: ServiceActor,
): {
  byState: Partial<Record<CaseState, number>>;
  ages: QueueAges;
  drafts: number;
  withoutNik: number;
  corrections: number;
  oldestDays: { drafts: number | null; withoutNik: number | null; corrections: number | null };
  muskelForLurah: number;
  findings: number;
  attention: number;
  periodId: string;
} {
  const corrections = waitingCorrections(register.db);
  const days = (since: string | null) => (since === null ? null : daysSince(since, instant(register.clock)));
  return {
    byState: countByState(register.db),
    ages: queueAges(register),
    withoutNik: countWithoutNik(register.db),
    drafts: actor.id === null ? 0 : countDrafts(register.db),
    corrections: corrections.count,
    oldestDays: {
      drafts: actor.id === null ? null : days(oldestDraft(register.db)),
      withoutNik: days(oldestWithoutNik(register.db)),
      corrections: days(corrections.oldest),
    },
    muskelForLurah: countMuskelForLurah(register.db),
    findings: countOpenFindings(register.db),
    attention: countAttention(register),
    periodId: runningPeriod(register).id,
  };
}

type QueueAges = Partial<Record<CaseState, { oldestDays: number; overdue: number; limitDays: number }>>;

/** How old each queue is, by the limits of the settings; an empty one has no age. */
function queueAges(register: Register): QueueAges {
  const { queueDays } = currentSettings(register);
  const now = register.clock.now().getTime();
  const ages: QueueAges = {};
  for (const state of queueStates) {
    const limitDays = queueDays[state];
    const deadline = new Date(now - limitDays * 86_400_000).toISOString();
    const age = ageOfState(register.db, state, deadline);
    if (age !== null)
      ages[state] = {
        oldestDays: daysSince(age.oldest, instant(register.clock)),
        overdue: age.overdue,
        limitDays,
      };
  }
  return ages;
}

const HistoryRole = Role.or(z.literal('sistem'));

const officeEventLabel: Record<string, string> = {
  data_diubah: 'Data pelapor diubah',
  persetujuan_dicatat: 'Persetujuan keluarga dicatat',
  persetujuan_dikabarkan: 'Persetujuan keluarga dikabarkan ke provinsi',
  identifikasi_diulang: 'Dibandingkan lagi dengan daftar acuan',
  dokumen_dicetak: 'Dokumen dicetak',
  lembar_dicetak_ulang: 'Formulir dicetak ulang',
  kiriman_gugur: 'Keluar dari antrean kirim: berkasnya ditarik kembali',
  lembar_keluar: 'Lembar dibawa petugas',
  lembar_kembali: 'Lembar kembali',
  lembar_dipindai: 'Gambar lembar disimpan',
  cetakan_keluar: 'Kertas keluar dengan baik',
  cetakan_gagal: 'Gagal dicetak',
  lampiran_ditambah: 'Lampiran ditambah',
  lampiran_dipulihkan: 'Lampiran yang rusak diunggah lagi',
  sanggahan_diajukan: 'Sanggahan diajukan',
  sanggahan_diterima: 'Sanggahan diterima',
  sanggahan_ditolak: 'Sanggahan ditolak',
  nomor_ditampilkan: 'NIK dan No KK ditampilkan',
  [documentOpened]: 'Dokumen dibuka',
  uji_petik_diundi: 'Terundi untuk kunjungan ulang',
  uji_petik_selesai: 'Kunjungan ulang',
  petugas_ditetapkan: 'Petugas lapangan ditetapkan',
  dibawa_ke_periode: 'Dibawa ke periode berikutnya',
  perbaikan_diajukan: 'Catatan perbaikan diajukan',
  perbaikan_disetujui: 'Catatan perbaikan disetujui',
  perbaikan_ditolak: 'Catatan perbaikan ditolak',
  peristiwa_diajukan: 'Peristiwa keluarga diajukan',
  peristiwa_disetujui: 'Peristiwa keluarga disetujui',
  peristiwa_ditolak: 'Peristiwa keluarga ditolak',
  berkas_digabung: 'Berkas lain digabung ke sini',
  berkas_dipisahkan: 'Berkas lain dipisahkan lagi',
  keluarga_diambil: 'Data keluarga diambil ke pendaftaran lain',
  bukan_keluarga_sama: 'Ditandai bukan keluarga yang sama',
  temuan_selesai: 'Temuan diselesaikan',
  temuan_dibuka_lagi: 'Temuan dibuka lagi',
  bukan_sama_ditarik: 'Tanda bukan orang yang sama ditarik',
  orang_sama_ditarik: 'Tanda orang yang sama ditarik',
  data_dari_provinsi: 'Mengikuti perubahan provinsi',
  pertentangan_dibuka: 'Berbeda dengan provinsi',
  pertentangan_usai: 'Tidak lagi berbeda dengan provinsi',
  putusan_provinsi: 'Putusan provinsi',
  tugas_dari_provinsi: 'Tugas dari provinsi',
  tugas_selesai: 'Tugas dari provinsi diselesaikan',
  pertentangan_diputus: 'Perbedaan dengan provinsi diputuskan',
  nomor_provinsi_diberikan: 'Nomor provinsi diberikan',
  nomor_provinsi_diganti: 'Nomor provinsi diganti',
  nomor_berkas_diganti: 'Nomor berkas diganti',
  catatan_dari_provinsi: 'Catatan diambil dari provinsi',
  catatan_dikirim_ulang: 'Catatan dikirim ulang ke provinsi',
  catatan_tidak_terbukti: 'Catatan tidak lagi dianggap diterima provinsi',
  data_dihapus: 'Data pribadi dihapus atas permintaan',
};

function toHistory(entry: JournalEntry): HistoryEntry {
  const action = CaseAction.safeParse(entry.type);
  return {
    id: entry.id,
    at: entry.at,
    actorName: entry.actorName,
    actorRole: HistoryRole.parse(entry.actorRole),
    type: entry.type,
    label: action.success ? caseActionLabel[action.data] : (officeEventLabel[entry.type] ?? entry.type),
    fromState: entry.fromState === null ? null : CaseState.parse(entry.fromState),
    toState: entry.toState === null ? null : CaseState.parse(entry.toState),
    reason: textOf(entry, 'alasan'),
    detail: textOf(entry, 'keterangan'),
    erased: entry.payload === null,
  };
}

/** Documents that one person opens one after the other are one line of the history; the journal keeps each. */
function joinOpenings(history: readonly HistoryEntry[]): HistoryEntry[] {
  const joined: HistoryEntry[] = [];
  for (const entry of history) {
    const before = joined.at(-1);
    if (before === undefined || !isOneLook(before, entry)) joined.push(entry);
    else joined[joined.length - 1] = { ...before, detail: joinDetails(before.detail, entry.detail) };
  }
  return joined;
}

function isOneLook(before: HistoryEntry, entry: HistoryEntry): boolean {
  return (
    before.type === documentOpened &&
    entry.type === documentOpened &&
    before.actorName === entry.actorName &&
    Math.abs(Date.parse(entry.at) - Date.parse(before.at)) <= oneOpening
  );
}

function joinDetails(...details: (string | null)[]): string | null {
  const told = details.filter((detail) => detail !== null);
  return told.length === 0 ? null : told.join(', ');
}

function textOf(entry: JournalEntry, key: string): string | null {
  const value = entry.payload?.[key];
  return typeof value === 'string' ? value : null;
}
