import { z } from 'zod';
import { Settings } from '../../shared/contract/settings.ts';
import { assertNever } from '../../shared/domain/assert-never.ts';
import { Instrument, questionsOf } from '../../shared/domain/instrument.ts';
import { canonicalJson } from '../../shared/provincial/canonical.ts';
import { type DownItem, ProgramRule, ScoreModel, SettingBody } from '../../shared/provincial/down.ts';
import { instant, today } from '../clock.ts';
import { insertSetting, listSettings, type PublishedSetting } from '../store/down.ts';
import { appendEvent } from '../store/journal.ts';
import { writeSettings } from '../store/settings.ts';
import { type Register, systemActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * Takes a setting of the province in, in the caller's transaction. The calendar is written on its
 * day, as far as none of a later day, or of the same that was issued later, says otherwise; instruments are found by {@link shelfOf} and rules are shown from theirs on.
 *
 * @returns false where it must wait: for its day, or for a version of the program that can use it.
 */
export function takeSetting(register: Register, item: DownItem): boolean {
  const read = SettingBody.safeParse(item.body);
  if (!read.success) return false;
  const { setting, id: subject, version, title, effectiveFrom, content } = read.data;
  const unusable = whyUnusable(register, item.id, read.data);
  insertSetting(register.db, {
    itemId: item.id,
    setting,
    subject,
    version,
    title,
    effectiveFrom,
    content,
    unusable,
  });
  if (unusable !== null || effectiveFrom > today(register.clock)) return false;
  if (setting === 'kalender') {
    const fields = standingFields(calendarsInForce(register), item.id);
    writeSettings(register.db, calendarIn(register, content, fields));
  }
  appendEvent(register.db, {
    at: instant(register.clock),
    actor: { id: null, role: systemActor.role },
    type: 'pengaturan_dari_provinsi',
    payload: { pengaturan: setting, versi: version, keterangan: title },
  });
  return true;
}

/** Calendars whose day has come, the later ones first. */
function calendarsInForce({ db, clock }: Register): PublishedSetting[] {
  const day = today(clock);
  return listSettings(db).filter(
    ({ setting, unusable, effectiveFrom }) =>
      setting === 'kalender' && unusable === null && effectiveFrom <= day,
  );
}

/**
 * Of a calendar, what no later one in force names: so every office comes to the same, whenever it looked and in whatever
 * order they reached it.
 */
export function standingFields(calendars: readonly PublishedSetting[], itemId: string): string[] {
  const at = calendars.findIndex((one) => one.itemId === itemId);
  const own = calendars[at];
  if (own === undefined) return [];
  const later = new Set(calendars.slice(0, at).flatMap(({ content }) => fieldsIn(content)));
  return fieldsIn(own.content).filter((field) => !later.has(field));
}

const CalendarContent = Settings.pick({ periodMonths: true, calendar: true }).partial();
const CalendarNamed = z.looseObject({ calendar: z.looseObject({}).optional() });

/** What the province named, each stage by itself; what has a default is not set by being left out. */
function fieldsIn(content: Record<string, unknown>): string[] {
  const stages = Object.keys(CalendarNamed.parse(content).calendar ?? {});
  return ['periodMonths' in content ? ['periodMonths'] : [], stages].flat();
}

function calendarIn(
  register: Register,
  content: Record<string, unknown>,
  fields: string[],
): Partial<Settings> {
  const { periodMonths, calendar } = CalendarContent.parse(content);
  const stages = Object.entries(calendar ?? {}).filter(([stage]) => fields.includes(stage));
  return {
    ...(fields.includes('periodMonths') ? { periodMonths } : {}),
    ...(stages.length === 0
      ? {}
      : { calendar: { ...currentSettings(register).calendar, ...Object.fromEntries(stages) } }),
  };
}

/** Why a setting waits, for the screen. */
export const tooNew = 'Versi Mutakhir ini belum dapat memakainya; disimpan sampai diperbarui.';

/** In words, for the screen; null where it can be used. */
function whyUnusable(register: Register, itemId: string, body: SettingBody): string | null {
  const { setting, content } = body;
  switch (setting) {
    case 'kalender':
      return CalendarContent.safeParse(content).success ? null : tooNew;
    case 'instrumen':
      return whyInstrumentUnusable(register, itemId, body);
    case 'aturan_program':
      return ProgramRule.safeParse(content).success ? null : tooNew;
    case 'model_skor':
      return ScoreModel.safeParse(content).success ? null : tooNew;
    default:
      return assertNever(setting);
  }
}

/** A version that sheets may have been printed with never changes under them. */
function whyInstrumentUnusable(
  register: Register,
  itemId: string,
  { id, version, content }: SettingBody,
): string | null {
  const { data: instrument } = Instrument.safeParse(content);
  if (instrument === undefined || !hasDistinctQuestions(instrument)) return tooNew;
  if (instrument.id !== id || instrument.version !== version)
    return 'Nama atau versinya tidak sama dengan isinya; provinsi perlu menerbitkannya lagi.';
  const standing = [
    register.instruments.find(id, version),
    ...listSettings(register.db)
      .filter(({ setting, unusable }) => setting === 'instrumen' && unusable === null)
      .filter((sent) => sent.itemId !== itemId && sent.subject === id && sent.version === version)
      .map((sent) => Instrument.parse(sent.content)),
  ];
  return standing.some((other) => other !== null && canonicalJson(other) !== canonicalJson(instrument))
    ? 'Versi ini sudah dipakai dengan isi lain; provinsi perlu menerbitkannya dengan versi baru.'
    : null;
}

function hasDistinctQuestions({ household, family, member, process }: Instrument): boolean {
  const ids = [household, family, member, process].flatMap((part) =>
    questionsOf(part).map((question) => question.id),
  );
  return new Set(ids).size === ids.length;
}
