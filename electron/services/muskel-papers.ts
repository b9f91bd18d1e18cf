import type {
  MuskelItem,
  PrintCoverLetter,
  PrintMuskel,
  PrintPrelist,
} from '../../shared/contract/muskel.ts';
import { type DocumentKind, documentKindLabel } from '../../shared/domain/document.ts';
import { countVerdicts } from '../../shared/domain/muskel.ts';
import { mkFromAttendance } from '../../shared/domain/muskel-form.ts';
import { periodNamed } from '../../shared/domain/period.ts';
import { describeTeamArea } from '../../shared/domain/team.ts';
import { VisitResult } from '../../shared/domain/visit.ts';
import { AppError } from '../../shared/errors.ts';
import { today } from '../clock.ts';
import { beritaAcara } from '../printing/berita-acara.ts';
import { daftarHadir } from '../printing/daftar-hadir.ts';
import type { ListedFamily, MeetingFacts } from '../printing/muskel-facts.ts';
import { prelist } from '../printing/prelist.ts';
import { rekapMuskel } from '../printing/rekap-muskel.ts';
import { sptjm } from '../printing/sptjm.ts';
import { suratPengantar } from '../printing/surat-pengantar.ts';
import { findAccount } from '../store/accounts.ts';
import { findLetterMark, listDocuments } from '../store/documents.ts';
import { listItems, type MuskelRecord } from '../store/muskel.ts';
import { listProposals } from '../store/muskel-hearings.ts';
import { listOutcomes, type OutcomeRow } from '../store/muskel-recap.ts';
import { getOffice } from '../store/office.ts';
import { issueDocument } from './documents.ts';
import { lurahSigner, paperBaseOf } from './letterhead.ts';
import { getSession, sessionName } from './muskel.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

type Printed = Promise<{ pdf: Uint8Array; fileName: string }>;

/** What goes out with a covering letter, in the order in which it is read. */
const enclosable: readonly DocumentKind[] = [
  'berita_acara',
  'daftar_hadir',
  'sptjm',
  'rekap_muskel',
  'rekapitulasi',
];

/** Blank lines of a prelist's part. */
const prelistBlankLines = 5;

/** Lines of an attendance list that leave room to sign on the same page, and the fewest left blank. */
const attendanceLines = { F4: 16, A4: 12, blank: 6 };

/**
 * Prints the Daftar Sasaran Verifikasi of a meeting, all of it or one RW or RT.
 *
 * @throws AppError `not_found`, `nothing_to_print`.
 */
export async function printPrelistOf(register: Register, actor: ServiceActor, input: PrintPrelist): Printed {
  const muskel = getSession(register, input.muskelId);
  const items = listItems(register.db, muskel.id).filter(
    ({ rw, rt }) => (input.rw === null || rw === input.rw) && (input.rt === null || rt === input.rt),
  );
  if (items.length === 0) throw new AppError('nothing_to_print');
  const places = [...new Map(items.map(({ rw, rt }) => [`${rw}/${rt}`, { rw, rt }])).values()];
  return issueDocument(register, actor, {
    paper: prelist,
    subject: `${muskel.id} ${input.rw ?? '*'}/${input.rt ?? '*'}`,
    periodId: muskel.periodId,
    title: `${documentKindLabel.prelist}, ${sessionName(register, muskel)}`,
    fileName: `daftar-sasaran-muskel-${muskel.no}.pdf`,
    number: `Prelist ${muskel.periodId}/${muskel.no}`,
    compose: () => ({
      ...paperBaseOf(register),
      meeting: meetingOf(register, muskel),
      area: { lines: areaLines(register) },
      parts: places
        .toSorted((left, right) => left.rw - right.rw || left.rt - right.rt)
        .map((place) => ({
          ...place,
          families: items.filter(({ rw, rt }) => rw === place.rw && rt === place.rt).map(toListed),
        })),
      blankLines: prelistBlankLines,
    }),
  });
}

/** Prints the attendance list, with blank lines for who comes besides. Throws AppError `not_found`. */
export async function printAttendanceOf(
  register: Register,
  actor: ServiceActor,
  input: PrintMuskel,
): Printed {
  const muskel = getSession(register, input.muskelId);
  return issueDocument(register, actor, {
    paper: daftarHadir,
    ...about(register, muskel, 'daftar_hadir', 'daftar-hadir'),
    number: `Daftar hadir ${muskel.periodId}/${muskel.no}`,
    compose: () => {
      const base = paperBaseOf(register);
      return {
        ...base,
        meeting: meetingOf(register, muskel),
        attendees: muskel.attendees,
        blankLines: Math.max(attendanceLines.blank, attendanceLines[base.paper] - muskel.attendees.length),
        lurah: lurahSigner(register),
      };
    },
  });
}

/**
 * Prints the minutes. They are a letter: their number and date are those of the first print.
 *
 * @throws AppError `not_found`, `muskel_not_over` while the meeting is open.
 */
export async function printMinutesOf(register: Register, actor: ServiceActor, input: PrintMuskel): Printed {
  const muskel = getOverSession(register, input.muskelId);
  const present = muskel.attendees.filter((one) => one.present);
  const count = (group: 'rw' | 'rt' | 'lain') => present.filter((one) => one.group === group).length;
  const firstOf = (group: 'rw' | 'rt') => present.find((one) => one.group === group);
  return issueDocument(register, actor, {
    paper: beritaAcara,
    ...about(register, muskel, 'berita_acara', 'berita-acara'),
    number: { letter: 'berita_acara', dated: today(register.clock), byHand: input.letterNumber },
    compose: () => ({
      ...paperBaseOf(register),
      meeting: meetingOf(register, muskel),
      kelurahan: officeName(register),
      present: { rw: count('rw'), rt: count('rt'), lain: count('lain') },
      families: listItems(register.db, muskel.id).map(toListed),
      proposals: listProposals(register.db, muskel.id).map(
        ({ name, sex, spouse, street, rt, rw, proposer, capable }) => ({
          name,
          sex,
          spouse,
          street,
          rt,
          rw,
          proposer,
          capable,
        }),
      ),
      form: { ...mkFromAttendance(muskel.attendees), ...muskel.form },
      closing: currentSettings(register).minutesClosing,
      signers: [
        { role: 'Wakil RW,', name: firstOf('rw')?.name ?? null, nip: null },
        { role: 'Wakil RT,', name: firstOf('rt')?.name ?? null, nip: null },
        lurahSigner(register),
      ],
    }),
  });
}

/** Prints the lurah's statement of responsibility for the list. Throws as {@link printMinutesOf}. */
export async function printSptjmOf(register: Register, actor: ServiceActor, input: PrintMuskel): Printed {
  const muskel = getOverSession(register, input.muskelId);
  const counts = countVerdicts(listItems(register.db, muskel.id).map(({ verdict }) => verdict));
  const items = listItems(register.db, muskel.id);
  return issueDocument(register, actor, {
    paper: sptjm,
    ...about(register, muskel, 'sptjm', 'sptjm'),
    number: { letter: 'sptjm', dated: today(register.clock), byHand: input.letterNumber },
    compose: (dated) => ({
      ...paperBaseOf(register),
      dated,
      meeting: meetingOf(register, muskel),
      kelurahan: officeName(register),
      all: counts.all,
      eligible: items.filter(({ verdict }) => verdict !== null && verdict.capable === '2').length,
      minutesNumber: findLetterMark(register.db, 'berita_acara', muskel.id)?.number ?? null,
      statements: currentSettings(register).sptjmStatements,
      lurah: lurahSigner(register),
    }),
  });
}

/** Prints what meetings and visits of a period came to, per RW and RT. Throws AppError `nothing_to_print`. */
export async function printMuskelRecapOf(
  register: Register,
  actor: ServiceActor,
  { periodId }: { periodId: string },
): Printed {
  const outcomes = listOutcomes(register.db, periodId);
  if (outcomes.length === 0) throw new AppError('nothing_to_print');
  const preparer = actor.id === null ? null : findAccount(register.db, actor.id);
  const title = `Rekap muskel dan verivali ${periodName(register, periodId)}`;
  return issueDocument(register, actor, {
    paper: rekapMuskel,
    subject: periodId,
    periodId,
    title,
    fileName: `rekap-muskel-${periodId}.pdf`,
    number: `Rekap muskel ${periodId}`,
    compose: (dated) => ({
      ...paperBaseOf(register),
      dated,
      period: periodName(register, periodId),
      lines: linesOf(outcomes),
      preparedBy: { role: 'Yang membuat,', name: preparer?.name ?? null, nip: preparer?.nip ?? null },
      lurah: lurahSigner(register),
    }),
  });
}

/**
 * Prints the letter that the period's papers go out with; it names what was issued of them.
 *
 * @throws AppError `nothing_to_print` while nothing was issued.
 */
export async function printCoverOf(
  register: Register,
  actor: ServiceActor,
  { periodId, letterNumber }: PrintCoverLetter,
): Printed {
  const enclosed = listDocuments(register.db, periodId)
    .filter(({ kind, newest }) => newest && enclosable.includes(kind))
    .toReversed()
    .toSorted((left, right) => enclosable.indexOf(left.kind) - enclosable.indexOf(right.kind))
    .map(({ title, number }) => ({ title, number, copies: '1 berkas' }));
  if (enclosed.length === 0) throw new AppError('nothing_to_print');
  const { letterRecipient } = currentSettings(register);
  return issueDocument(register, actor, {
    paper: suratPengantar,
    subject: periodId,
    periodId,
    title: `Surat pengantar ${periodName(register, periodId)}`,
    fileName: `surat-pengantar-${periodId}.pdf`,
    number: { letter: 'surat_pengantar', dated: today(register.clock), byHand: letterNumber },
    compose: (dated) => ({
      ...paperBaseOf(register),
      dated,
      recipient: letterRecipient,
      period: periodName(register, periodId),
      enclosed,
      lurah: lurahSigner(register),
    }),
  });
}

function about(
  register: Register,
  muskel: MuskelRecord,
  kind: 'daftar_hadir' | 'berita_acara' | 'sptjm',
  file: string,
) {
  return {
    subject: muskel.id,
    periodId: muskel.periodId,
    title: `${documentKindLabel[kind]} ${sessionName(register, muskel)}`,
    fileName: `${file}-muskel-${muskel.no}.pdf`,
  };
}

function getOverSession(register: Register, muskelId: string): MuskelRecord {
  const muskel = getSession(register, muskelId);
  if (muskel.state === 'berlangsung') throw new AppError('muskel_not_over');
  return muskel;
}

function meetingOf(register: Register, muskel: MuskelRecord): MeetingFacts {
  return {
    name: sessionName(register, muskel).replace(/^Muskel (\d+), .*$/, 'Musyawarah Kelurahan ke-$1'),
    period: periodName(register, muskel.periodId),
    heldOn: muskel.heldOn,
    startsAt: muskel.startsAt,
    endsAt: muskel.endsAt,
    place: muskel.place,
    areas: muskel.areas.length === 0 ? 'seluruh RW' : muskel.areas.map(describeTeamArea).join(', '),
  };
}

function toListed(item: MuskelItem): ListedFamily {
  return {
    no: item.no,
    number: item.number,
    head: item.headName,
    sex: item.headSex,
    spouse: item.spouseName,
    street: item.street,
    rt: item.rt,
    rw: item.rw,
    nik: item.nik,
    isNew: item.result === 'baru',
    verdict: item.verdict,
    traits: item.traits,
  };
}

function linesOf(outcomes: readonly OutcomeRow[]) {
  const places = [...new Map(outcomes.map(({ rw, rt }) => [`${rw}/${rt}`, { rw, rt }])).values()];
  return places.map((place) => {
    const here = outcomes.filter(({ rw, rt }) => rw === place.rw && rt === place.rt);
    const counts = countVerdicts(here.map(({ verdict }) => verdict));
    return {
      ...place,
      counts: [
        here.length,
        counts.poor,
        counts.capable,
        counts.notFound,
        counts.twin,
        counts.proposed,
        ...VisitResult.options.map((code) => here.filter(({ result }) => result === code).length),
      ],
    };
  });
}

/** Province to kelurahan, each with its code, as the head of the ministry's list has them. */
function areaLines(register: Register): { label: string; code: string; name: string }[] {
  const { area } = getOffice(register.db);
  const path = register.areas.path(area);
  return [
    { label: 'Provinsi', code: area.slice(0, 2), name: currentSettings(register).provinceName },
    { label: 'Kota/Kabupaten', code: area.slice(0, 5), name: path.kabkota ?? '' },
    { label: 'Kecamatan', code: area.slice(0, 8), name: path.kecamatan ?? '' },
    { label: 'Kelurahan', code: path.kelurahan === null ? '' : area, name: path.kelurahan ?? 'semua' },
  ];
}

function officeName(register: Register): string {
  const path = register.areas.path(getOffice(register.db).area);
  return path.kelurahan === null ? `Kecamatan ${path.kecamatan ?? ''}` : `Kelurahan ${path.kelurahan}`;
}

function periodName(register: Register, periodId: string): string {
  return periodNamed(periodId, currentSettings(register).periodMonths).name;
}
