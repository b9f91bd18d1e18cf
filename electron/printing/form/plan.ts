import { type Instrument, type QuestionGroup, questionsOf } from '../../../shared/domain/instrument.ts';
import { margin, type Paper, type } from '../paper.ts';
import { blankAnswers } from './blank-blocks.ts';
import { closingBlock, ticksBlock } from './closing-blocks.ts';
import { columnNames, type FormHead, gap, openPage, sectionBar, stacked } from './heads.ts';
import { type FormShape, identityBlocks, newcomers, rosterBlocks, visitBlocks } from './household-blocks.ts';
import { type AnswerColumn, fitsHalf, pairedRow, questionRow } from './rows.ts';
import { type Block, codeBox, layOut, type Sheet } from './sheet.ts';
import type { Typeface } from './typeface.ts';

export interface FormSetup extends FormHead {
  paper: Paper;
  instrument: Instrument;
  teamName: string;
  place: string;
}

/** Members whose answers stand side by side at most, the options beside them once. */
const membersAcross = 4;

/** Lays out the form of a household with this many members: fixed marks, and slots for its values. */
export function planForm(shape: FormShape, setup: FormSetup, typeface: Typeface): Sheet {
  const right = setup.paper.width - margin;
  const { instrument } = setup;
  const names = instrument.blocks;
  const household = householdColumn('household', right);
  const blocks: Block[] = [
    ...identityBlocks(shape.families, names.identity),
    gap(3),
    ...rosterBlocks(shape, names.roster, typeface),
    gap(3),
    ...visitBlocks(setup.teamName, names.visit),
    gap(3),
    ...askedGroups(instrument.household).flatMap((group) => [
      ...section(group, [household], typeface),
      gap(3),
    ]),
  ];
  for (let family = 0; family < shape.families; family += 1) {
    const own = [householdColumn(`family.${family}`, right)];
    for (const group of askedGroups(instrument.family))
      blocks.push(...section(group, own, typeface, { families: shape.families > 1 ? [family] : [] }), gap(3));
  }
  const unknown = newcomers(shape);
  if (unknown.family !== null)
    blocks.push(
      ...closed(
        blankAnswers(
          `KELUARGA ${unknown.family}, BARU DITEMUKAN SAAT KUNJUNGAN`,
          instrument.family,
          setup.paper,
          typeface,
        ),
      ),
    );
  for (const subjects of evenly(shape.members)) {
    const columns = memberColumns(subjects, right);
    for (const group of askedGroups(instrument.member))
      blocks.push(...section(group, columns, typeface, { members: subjects }), gap(3));
  }
  blocks.push(
    ...closed(
      blankAnswers(
        `ANGGOTA ${unknown.member}, BARU DITEMUKAN SAAT KUNJUNGAN`,
        instrument.member,
        setup.paper,
        typeface,
      ),
    ),
    ...photoBlocks(instrument),
  );
  const checks = householdColumn('process', right);
  for (const group of askedGroups(instrument.process))
    blocks.push(...section(group, [checks], typeface), gap(3));
  const closing = closingBlock(setup.place, setup.teamName);
  return layOut(
    [...keptWith(blocks), closing],
    {
      paper: setup.paper,
      bottom: setup.paper.height - margin,
      open: (pen, page) => openPage(pen, page, setup, setup.paper),
    },
    typeface,
  );
}

/** A block and the space after it, where it has anything in it. */
function closed(blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [...blocks, gap(3)];
}

/** The photos that the visit must bring, to be ticked off as they are taken. */
function photoBlocks(instrument: Instrument): Block[] {
  const photos = questionsOf(instrument.process).filter(({ kept }) => kept?.from === 'photos');
  return photos.flatMap((question) => [ticksBlock(question), gap(3)]);
}

/** What the register keeps stands in the form's own blocks. */
function askedGroups(groups: readonly QuestionGroup[]): QuestionGroup[] {
  return groups
    .map((group) => ({ ...group, questions: group.questions.filter(({ kept }) => kept === null) }))
    .filter((group) => group.questions.length > 0);
}

/** The members in as few passes as there must be, those as even as can be: six are three and three. */
function evenly(members: number): number[][] {
  const passes = Math.ceil(members / membersAcross);
  const across = Math.ceil(members / Math.max(1, passes));
  return Array.from({ length: passes }, (_, pass) =>
    Array.from({ length: Math.min(across, members - pass * across) }, (__, index) => pass * across + index),
  );
}

function householdColumn(subject: string, right: number): AnswerColumn {
  return {
    subject,
    room: 3 * codeBox,
    correctedRight: right,
    recordedRight: right - 3 * codeBox - 3,
  };
}

function memberColumns(members: readonly number[], right: number): AnswerColumn[] {
  const room = 2 * codeBox;
  // Tighter where many stand side by side: the options need the room.
  const [between, apart] = members.length > 2 ? [1.5, 3] : [4, 6];
  const each = 2 * room + between + apart;
  return members.map((member, index) => {
    const correctedRight = right - (members.length - 1 - index) * each;
    return {
      subject: `member.${member}`,
      room,
      correctedRight,
      recordedRight: correctedRight - room - between,
    };
  });
}

function section(
  group: QuestionGroup,
  columns: readonly AnswerColumn[],
  typeface: Typeface,
  { members = [], families = [] }: { members?: readonly number[]; families?: readonly number[] } = {},
): Block[] {
  const title = `${group.no}.  ${group.title.toUpperCase()}`;
  const first = columns[0];
  if (first === undefined) return [];
  const textRight = first.recordedRight - first.room - 3;
  const headingOf = (text: string) => {
    if (members.length > 0) return stacked(sectionBar(text), memberNames(members, columns));
    const bar = sectionBar(text, columns);
    return families.length === 0 ? bar : stacked(bar, ...families.map(familyName));
  };
  const heading = headingOf(title);
  const again = headingOf(`${title} (lanjutan)`);
  const rows =
    members.length === 0
      ? shortBesideShort(group, first, textRight, typeface)
      : group.questions.map((question) => questionRow(question, columns, textRight, typeface));
  return [heading, ...rows.map((row) => ({ ...row, heading: again }))];
}

/** Long questions over the whole width, short ones that follow each other in pairs. */
function shortBesideShort(
  group: QuestionGroup,
  column: AnswerColumn,
  textRight: number,
  typeface: Typeface,
): Block[] {
  const rows: Block[] = [];
  const { questions } = group;
  for (let index = 0; index < questions.length; index += 1) {
    const [question, next] = [questions[index], questions[index + 1]];
    if (question === undefined) continue;
    if (next !== undefined && fitsHalf(question, typeface) && fitsHalf(next, typeface)) {
      rows.push(pairedRow([question, next], column.subject, column.correctedRight, typeface));
      index += 1;
    } else rows.push(questionRow(question, [column], textRight, typeface));
  }
  return rows;
}

/** Under the heading, whose answers these are, where several families share the roof. */
function familyName(family: number): Block {
  const height = 6.4;
  return {
    height,
    keepWithNext: true,
    draw(pen, y) {
      pen.value(`family.${family}.name`, pen.left + 1.5, y + 4.6, pen.right - pen.left - 3, {
        weight: 'bold',
      });
      pen.rule(y + height);
    },
  };
}

/** Over each pair of columns, whose answers they hold. */
function memberNames(members: readonly number[], columns: readonly AnswerColumn[]): Block {
  const height = 12.6;
  return {
    height,
    keepWithNext: true,
    draw(pen, y) {
      pen.text(pen.left + 12, y + 4.6, 'Anggota menurut daftar', { size: type.small });
      for (const [index, member] of members.entries()) {
        const column = columns[index];
        if (column === undefined) continue;
        const left = column.recordedRight - column.room;
        pen.text(left, y + 4.6, String(member + 1), { weight: 'bold' });
        pen.value(`name.${member}`, left + 4.5, y + 4.6, column.correctedRight - left - 4.5, {
          size: type.small,
          lines: 2,
        });
        columnNames(pen, y + height - 1.1, column);
      }
      pen.rule(y + height);
    },
  };
}

/** Ties the last rows to what follows, so that the signatures never stand alone on a page. */
function keptWith(blocks: readonly Block[]): Block[] {
  return blocks.map((block, index) =>
    index >= blocks.length - 4 ? { ...block, keepWithNext: true } : block,
  );
}
