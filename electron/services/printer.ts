import type { PaperName } from '../printing/paper.ts';
import type { Printer } from '../../shared/domain/printer.ts';
import { AppError } from '../../shared/errors.ts';
import { instant } from '../clock.ts';
import { fitToPrinter } from '../printing/fit-printer.ts';
import { fontFiles } from '../printing/fonts.ts';
import { printRulerPage } from '../printing/ruler-page.ts';
import { notePrint } from './prints.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/** The paper of the printer in use; the office's own where none is. */
export function paperOf(register: Register): PaperName {
  return printerInUse(register)?.paper ?? currentSettings(register).paper;
}

/** A paper as the printer in use needs it; untouched where nothing has to be put right. */
export async function putRight(register: Register, pdf: Uint8Array): Promise<Uint8Array> {
  const printer = printerInUse(register);
  if (printer === null) return pdf;
  const { offsetX, offsetY, edge } = printer;
  return offsetX === 0 && offsetY === 0 && edge === 0 ? pdf : fitToPrinter(pdf, printer);
}

/**
 * Prints the ruler page of a printer, put right as its papers are, so that what is measured on it is
 * what is still wrong.
 *
 * @throws AppError `not_found`.
 */
export async function printRulerPageOf(
  register: Register,
  actor: ServiceActor,
  { printer: name }: { printer: string },
): Promise<{ pdf: Uint8Array; fileName: string; fitted: true }> {
  const printer = currentSettings(register).printers.find((one) => one.name === name);
  if (printer === undefined) throw new AppError('not_found');
  const printedAt = instant(register.clock);
  const printNo = notePrint(register, actor, {
    kind: 'halaman_uji',
    subject: name,
    caseId: null,
    printedAt,
    title: `Halaman uji ${name}`,
  });
  const pdf = await printRulerPage(
    {
      printer: name,
      paper: printer.paper,
      frame: { number: 'Halaman uji', printNo, printedAt, training: register.training },
      profile: `geser kanan ${comma(printer.offsetX)} mm, geser bawah ${comma(printer.offsetY)} mm, tepi ${comma(printer.edge)} mm`,
    },
    fontFiles(register.resourcesDir),
  );
  return { pdf: await fitToPrinter(pdf, printer), fileName: 'halaman-uji.pdf', fitted: true };
}

function printerInUse(register: Register): Printer | null {
  const { printers, printer } = currentSettings(register);
  return printers.find(({ name }) => name === printer) ?? null;
}

function comma(length: number): string {
  return String(length).replace('.', ',');
}
