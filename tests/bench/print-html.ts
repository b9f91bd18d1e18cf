import { PDFDocument } from 'pdf-lib';
import type { Mark } from '../../electron/printing/form/marks.ts';
import { planForm } from '../../electron/printing/form/plan.ts';
import { embedTypeface } from '../../electron/printing/form/typeface.ts';
import { fillSlots } from '../../electron/printing/form/values.ts';
import { papers } from '../../electron/printing/paper.ts';
import type { FormBatch } from '../../electron/printing/verification-form.ts';
import { fonts } from '../fixtures/papers.ts';

/** The same forms as pages of HTML, mark for mark, in the browser's own type: what Chromium gets to print. */
export async function formsAsHtml(forms: FormBatch): Promise<string[]> {
  const paper = papers[forms.paper];
  const typeface = await embedTypeface(await PDFDocument.create(), fonts);
  const [first] = forms.forms;
  const sheet = planForm(
    { members: first?.members.length ?? 1, families: first?.families.length ?? 1 },
    {
      ...forms,
      paper,
      instrumentTitle: forms.instrument.title,
      instrumentVersion: forms.instrument.version,
    },
    typeface,
  );
  return forms.forms.map((form) => {
    const values = fillSlots(sheet, form, forms, typeface);
    const pages = sheet.pages.map(
      (fixed, page) => `<section>${[...fixed, ...(values[page] ?? [])].map(html).join('')}</section>`,
    );
    return `<!doctype html><meta charset="utf-8"><style>
      @page { size: ${paper.width}mm ${paper.height}mm; margin: 0 } body { margin: 0; font-family: sans-serif }
      section { position: relative; width: ${paper.width}mm; height: ${paper.height}mm; break-after: page; overflow: hidden }
      section * { position: absolute; white-space: nowrap }</style>${pages.join('')}`;
  });
}

function html(mark: Mark): string {
  switch (mark.kind) {
    case 'text': {
      const shift = { left: '0', center: '-50%', right: '-100%' }[mark.align];
      return `<span style="left:${mark.x}mm;top:calc(${mark.y}mm - ${mark.size}pt);font-size:${mark.size}pt;transform:translateX(${shift})">${mark.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</span>`;
    }
    case 'line':
      return `<i style="left:${mark.x1}mm;top:${mark.y1}mm;width:${Math.max(0.1, mark.x2 - mark.x1)}mm;height:${Math.max(0.1, mark.y2 - mark.y1)}mm;background:#000"></i>`;
    case 'box':
      return `<i style="left:${mark.x}mm;top:${mark.y}mm;width:${mark.width}mm;height:${mark.height}mm;border:${mark.stroke}pt solid #000"></i>`;
    case 'tint':
      return `<i style="left:${mark.x}mm;top:${mark.y}mm;width:${mark.width}mm;height:${mark.height}mm;background:#eee"></i>`;
    case 'qr': {
      const path = mark.code.runs.map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`).join('');
      return `<svg style="left:${mark.x}mm;top:${mark.y}mm" width="${mark.side}mm" height="${mark.side}mm" viewBox="0 0 ${mark.code.size} ${mark.code.size}"><path d="${path}"/></svg>`;
    }
    case 'outline':
    case 'emblem':
    case 'watermark':
      return '';
  }
}
