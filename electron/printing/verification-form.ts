import { setImmediate } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, type PDFRef } from 'pdf-lib';
import type { Answers, Instrument } from '../../shared/domain/instrument.ts';
import type { FontFiles } from './fonts.ts';
import { toContent } from './form/marks.ts';
import { type FormSetup, planForm } from './form/plan.ts';
import type { Sheet } from './form/sheet.ts';
import { embedTypeface, type Typeface } from './form/typeface.ts';
import { fillSlots } from './form/values.ts';
import type { Letterhead } from './letterhead.ts';
import { mm, type PaperName, papers } from './paper.ts';

export interface FormMember {
  name: string;
  nik: string | null;
  sex: 'L' | 'P';
  /** ISO date. */
  birthDate: string | null;
  /** Code 1–8, relation to the head of the household. */
  relation: string;
  familyNo: number;
  /** What is on record, by question, in the instrument's codes. */
  recorded: Answers;
}

export interface FormFamily {
  no: number;
  kk: string | null;
  head: string | null;
  /** What is on record of the family, by question, in the instrument's codes. */
  recorded: Answers;
}

/** One household's form, with what is on record filled in. */
export interface VerificationForm {
  /** Twelve digits: what the QR code holds and what is printed under it. */
  sheetCode: string;
  caseNumber: string;
  printNo: number;
  enumerator: string;
  head: string;
  street: string;
  rt: number;
  rw: number;
  /** e.g. "Kel. Gambir, Kec. Gambir". */
  area: string;
  phone: string | null;
  /** In order of their numbers. */
  families: readonly FormFamily[];
  members: readonly FormMember[];
  recorded: Answers;
}

export interface FormBatch {
  letterhead: Letterhead;
  paper: PaperName;
  instrument: Instrument;
  /** ISO instant. */
  printedAt: string;
  training: boolean;
  teamName: string;
  /** Where the forms are signed, e.g. "Jakarta". */
  place: string;
  forms: readonly VerificationForm[];
}

export interface BatchOptions {
  /** Called after each form with how many are done. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** The fixed pages of a shape, drawn once: every form of that shape points at the same streams. */
interface Template {
  sheet: Sheet;
  contents: PDFRef[];
}

/**
 * Prints verification forms into one PDF. The fixed part is laid out once per shape (members,
 * families) and shared by all forms of that shape; each form adds only its own values on top, so a
 * batch costs little more than its digits.
 *
 * @throws the signal's reason when the batch is stopped.
 */
export async function printVerificationForms(
  batch: FormBatch,
  fonts: FontFiles,
  options: BatchOptions = {},
): Promise<Uint8Array> {
  const paper = papers[batch.paper];
  const document = await PDFDocument.create({ updateMetadata: false });
  describe(document, batch);
  const typeface = await embedTypeface(document, fonts);
  const resources = await shareResources(document, typeface, batch.letterhead);
  const setup: FormSetup = {
    ...batch,
    paper,
    instrumentTitle: batch.instrument.title,
    instrumentVersion: batch.instrument.version,
  };
  const templates = new Map<string, Template>();

  for (const [index, form] of batch.forms.entries()) {
    options.signal?.throwIfAborted();
    const key = `${form.members.length}/${form.families.length}`;
    const template =
      templates.get(key) ??
      drawTemplate(
        document,
        planForm({ members: form.members.length, families: form.families.length }, setup, typeface),
        paper,
        typeface,
      );
    templates.set(key, template);
    const overlays = fillSlots(template.sheet, form, batch, typeface);
    for (const [page, fixed] of template.contents.entries()) {
      const node = document.addPage([mm(paper.width), mm(paper.height)]).node;
      const own = register(document, toContent(overlays[page] ?? [], paper, typeface));
      node.set(PDFName.of('Contents'), document.context.obj([fixed, own]));
      node.set(PDFName.of('Resources'), resources);
    }
    options.onProgress?.(index + 1, batch.forms.length);
    // Gives way to other work between forms: a batch of hundreds must not freeze the office.
    await setImmediate();
  }
  return document.save({ addDefaultPage: false });
}

function describe(document: PDFDocument, batch: FormBatch): void {
  const printedAt = new Date(batch.printedAt);
  document.setTitle(
    batch.forms.length === 1
      ? `Formulir verifikasi ${batch.forms[0]?.caseNumber ?? ''}`
      : `Formulir verifikasi, ${batch.forms.length} rumah tangga`,
  );
  document.setCreator('Mutakhir');
  document.setProducer('Mutakhir');
  document.setCreationDate(printedAt);
  document.setModificationDate(printedAt);
  document.setLanguage('id-ID');
}

function drawTemplate(
  document: PDFDocument,
  sheet: Sheet,
  paper: { width: number; height: number },
  typeface: Typeface,
): Template {
  return {
    sheet,
    contents: sheet.pages.map((marks) => register(document, toContent(marks, paper, typeface))),
  };
}

/** Packed by zlib itself: pdf-lib's own packer took a third of the time of a batch. */
function register(document: PDFDocument, content: string): PDFRef {
  const packed = deflateSync(Buffer.from(content, 'latin1'), { level: 6 });
  const dict = document.context.obj({ Filter: 'FlateDecode', Length: packed.length });
  return document.context.register(PDFRawStream.of(dict, packed));
}

async function shareResources(
  document: PDFDocument,
  typeface: Typeface,
  letterhead: Letterhead,
): Promise<PDFRef> {
  const { regular, medium, semiBold, bold } = typeface.fonts;
  const fonts = [regular, medium, semiBold, bold];
  const names = [
    typeface.resource('regular'),
    typeface.resource('medium'),
    typeface.resource('semiBold'),
    typeface.resource('bold'),
  ];
  const Font = document.context.obj(
    Object.fromEntries(names.map((name, index) => [name, fonts[index]?.ref])),
  );
  const XObject = document.context.obj(
    letterhead.emblem === null ? {} : { Emblem: await embedEmblem(document, letterhead.emblem) },
  );
  return document.context.register(document.context.obj({ Font, XObject }));
}

async function embedEmblem(document: PDFDocument, dataUrl: string): Promise<PDFRef> {
  const image = dataUrl.startsWith('data:image/png')
    ? await document.embedPng(dataUrl)
    : await document.embedJpg(dataUrl);
  return image.ref;
}
