import { drawSvgPath, grayscale } from 'pdf-lib';
import { assertNever } from '../../../shared/domain/assert-never.ts';
import type { Weight } from '../fonts.ts';
import { mm, type Paper } from '../paper.ts';
import type { QrCode } from '../qr.ts';
import type { Typeface } from './typeface.ts';

/**
 * What stands on a page of a form, as data: millimetres from the top left of the sheet, y growing
 * downwards; text sits on its baseline. Tests measure these; `toContent` turns them into PDF.
 */
export type Mark =
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      size: number;
      weight: Weight;
      align: 'left' | 'center' | 'right';
    }
  | { kind: 'line'; x1: number; y1: number; x2: number; y2: number; stroke: number }
  | { kind: 'box'; x: number; y: number; width: number; height: number; stroke: number }
  | { kind: 'tint'; x: number; y: number; width: number; height: number }
  | { kind: 'qr'; x: number; y: number; side: number; code: QrCode }
  | { kind: 'outline'; x: number; y: number; path: string; stroke: number }
  | { kind: 'emblem'; x: number; y: number; width: number; height: number }
  | { kind: 'watermark'; text: string };

/** Ink of a tinted bar, and of the training mark: well under the 15 % that survives a photocopier. */
const barInk = 0.1;
const watermarkInk = 0.12;

/** The marks of one page as a PDF content stream. Strokes are in points. */
export function toContent(marks: readonly Mark[], paper: Paper, typeface: Typeface): string {
  return marks.map((mark) => drawing(mark, paper, typeface)).join('\n');
}

function drawing(mark: Mark, paper: Paper, typeface: Typeface): string {
  const Y = (y: number) => X(paper.height - y);
  switch (mark.kind) {
    case 'text': {
      const width = mark.align === 'left' ? 0 : typeface.width(mark.text, mark.weight, mark.size);
      const x =
        mark.align === 'center' ? mark.x - width / 2 : mark.align === 'right' ? mark.x - width : mark.x;
      return `BT /${typeface.resource(mark.weight)} ${mark.size} Tf ${X(x)} ${Y(mark.y)} Td <${typeface.encode(mark.text, mark.weight)}> Tj ET`;
    }
    case 'line':
      return `${mark.stroke} w ${X(mark.x1)} ${Y(mark.y1)} m ${X(mark.x2)} ${Y(mark.y2)} l S`;
    case 'box':
      return `${mark.stroke} w ${X(mark.x)} ${Y(mark.y + mark.height)} ${X(mark.width)} ${X(mark.height)} re S`;
    case 'tint':
      return `q ${1 - barInk} g ${X(mark.x)} ${Y(mark.y + mark.height)} ${X(mark.width)} ${X(mark.height)} re f Q`;
    case 'qr': {
      const unit = mark.side / mark.code.size;
      const cells = mark.code.runs.map(
        ([x, y, length]) =>
          `${X(mark.x + x * unit)} ${Y(mark.y + (y + 1) * unit)} ${X(length * unit)} ${X(unit)} re`,
      );
      return `${cells.join(' ')} f`;
    }
    case 'outline': {
      const operators = drawSvgPath(mark.path, {
        x: mm(mark.x),
        y: mm(paper.height - mark.y),
        scale: mm(1),
        color: undefined,
        borderColor: grayscale(0),
        borderWidth: mark.stroke / mm(1),
      });
      return operators.map(String).join('\n');
    }
    case 'emblem':
      return `q ${X(mark.width)} 0 0 ${X(mark.height)} ${X(mark.x)} ${Y(mark.y + mark.height)} cm /Emblem Do Q`;
    case 'watermark':
      return watermark(mark.text, paper, typeface);
    default:
      return assertNever(mark);
  }
}

/** Millimetres as a PDF writes lengths. */
function X(length: number): string {
  return mm(length).toFixed(2);
}

/** Across the sheet, from the lower left to the upper right. */
function watermark(text: string, paper: Paper, typeface: Typeface): string {
  const size = 96;
  const angle = Math.atan2(paper.height, paper.width);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const half = mm(typeface.width(text, 'bold', size)) / 2;
  const x = mm(paper.width) / 2 - half * cos + (size / 3) * sin;
  const y = mm(paper.height) / 2 - half * sin - (size / 3) * cos;
  const matrix = [cos, sin, -sin, cos, x, y].map((value) => value.toFixed(4)).join(' ');
  return `q ${1 - watermarkInk} g BT /${typeface.resource('bold')} ${size} Tf ${matrix} Tm <${typeface.encode(text, 'bold')}> Tj ET Q`;
}
