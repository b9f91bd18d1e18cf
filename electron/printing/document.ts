import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { FontFiles } from './fonts.ts';
import { KeptFonts } from './kept-fonts.ts';
import { footer, type PrintFrame, watermark } from './page-frame.ts';
import { margin, mm, type PaperName, papers, type } from './paper.ts';

export interface PaperDocument {
  title: string;
  paper: PaperName;
  landscape?: boolean;
  frame: PrintFrame;
  content: Content;
}

/** Lays a document out with pdfmake, in the office's type and frame. Returns the bytes of the PDF. */
export async function renderDocument(document: PaperDocument, fonts: FontFiles): Promise<Uint8Array> {
  const paper = papers[document.paper];
  const definition: TDocumentDefinitions = {
    info: {
      title: document.title,
      creator: 'Mutakhir',
      producer: 'Mutakhir',
      creationDate: new Date(document.frame.printedAt),
    },
    language: 'id-ID',
    pageSize: { width: mm(paper.width), height: mm(paper.height) },
    pageOrientation: document.landscape ? 'landscape' : 'portrait',
    pageMargins: mm(margin),
    defaultStyle: { font: 'Inter', fontSize: type.body, lineHeight: 1.25 },
    footer: footer(document.frame),
    watermark: watermark(document.frame, document.landscape ?? false),
    content: document.content,
  };
  const { default: pdfmake } = await import('pdfmake');
  // pdfmake is one object for the whole process, which keeps the fonts; setting the same values again changes nothing.
  const kept =
    'virtualfs' in pdfmake && pdfmake.virtualfs instanceof KeptFonts ? pdfmake.virtualfs : new KeptFonts();
  kept.open(Object.values(fonts));
  Object.assign(pdfmake, { virtualfs: kept });
  pdfmake.setFonts({
    Inter: { normal: fonts.regular, bold: fonts.semiBold },
    InterMedium: { normal: fonts.medium, bold: fonts.bold },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}
