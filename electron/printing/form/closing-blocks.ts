import type { Question } from '../../../shared/domain/instrument.ts';
import { margin, type } from '../paper.ts';
import { sectionBar } from './heads.ts';
import { type Block, stroke, tickBox } from './sheet.ts';

/** Notes of the visit, three ruled lines, and the signatures under them. */
export function closingBlock(place: string, teamName: string): Block {
  const bar = sectionBar('CATATAN');
  const lines = 3;
  const notes = bar.height + lines * 8;
  return {
    height: notes + 46,
    draw(pen, y) {
      bar.draw(pen, y);
      for (let line = 1; line <= lines; line += 1) pen.rule(y + bar.height + line * 8);
      const top = y + notes + 6;
      const column = (pen.right - pen.left) / 3;
      const signers = [
        ['Petugas lapangan', teamName],
        ['Responden', 'Menyatakan keterangan di atas benar'],
        ['Pengawas', `${place}, …………………… 20……`],
      ] as const;
      for (const [index, [role, line]] of signers.entries()) {
        const centre = pen.left + (index + 0.5) * column;
        pen.text(centre, top, line, { size: type.small, align: 'center' });
        pen.text(centre, top + 4.6, role, { weight: 'medium', align: 'center' });
        if (index === 0)
          pen.value('signature.enumerator', centre, top + 27, column - 6, {
            weight: 'semiBold',
            align: 'center',
          });
        pen.rule(top + 28.6, stroke.heading, centre - 25, centre + 25);
        pen.text(centre - 25, top + 32.6, index === 1 ? 'Nama terang' : 'Nama terang dan NIP', {
          size: type.small,
        });
      }
    },
  };
}

/** A list to tick off: a small box before each, three beside each other. */
export function ticksBlock(question: Question): Block {
  const across = 3;
  const line = 5.4;
  const height = 7 + Math.ceil(question.options.length / across) * line;
  return {
    height,
    draw(pen, y) {
      pen.text(margin, y + 5, question.no, { weight: 'semiBold', size: type.note });
      pen.text(margin + 12, y + 5, `${question.label} (beri tanda centang)`, { weight: 'medium' });
      const step = (pen.right - margin - 12) / across;
      for (const [index, { code, label }] of question.options.entries()) {
        const x = margin + 12 + (index % across) * step;
        const at = y + 7.6 + Math.floor(index / across) * line;
        pen.boxes(x, at, 1, stroke.written, tickBox);
        pen.text(x + 6, at + 3.2, `${code}  ${label}`, { size: type.small });
      }
      pen.rule(y + height + 1);
    },
  };
}
