import type { PrintSuratTugas } from '../../shared/contract/team.ts';
import { periodNamed } from '../../shared/domain/period.ts';
import { describeTeamArea, teamPositionLabel } from '../../shared/domain/team.ts';
import { AppError } from '../../shared/errors.ts';
import { today } from '../clock.ts';
import { suratTugas } from '../printing/surat-tugas.ts';
import { paperDay } from '../printing/words.ts';
import { isPeriodClosed } from '../store/periods.ts';
import { findDecree, findMember, listAssigned } from '../store/team.ts';
import { issueDocument } from './documents.ts';
import { lurahSigner, paperBaseOf } from './letterhead.ts';
import type { Register, ServiceActor } from './register.ts';
import { currentSettings } from './settings.ts';

/**
 * Prints a member's surat tugas for a period, with the families they were given. Its number is taken
 * the first time; printed again while the period is open, it says who was added since.
 *
 * @throws AppError `not_found`, `member_inactive`, `nothing_to_print` where the member was given nobody.
 */
export async function printSuratTugasOf(
  register: Register,
  actor: ServiceActor,
  input: PrintSuratTugas,
): Promise<{ pdf: Uint8Array; fileName: string }> {
  const member = findMember(register.db, input.memberId);
  if (member === null) throw new AppError('not_found');
  if (!member.active && !isPeriodClosed(register.db, input.periodId))
    throw new AppError('member_inactive', { name: member.name });
  const families = listAssigned(register.db, member.id, input.periodId);
  if (families.length === 0) throw new AppError('nothing_to_print');
  const { teamName, periodMonths } = currentSettings(register);
  const decree = member.decreeId === null ? null : findDecree(register.db, member.decreeId);
  return issueDocument(register, actor, {
    paper: suratTugas,
    subject: `${member.id} ${input.periodId}`,
    periodId: input.periodId,
    title: `Surat tugas ${member.name}`,
    fileName: `surat-tugas-${member.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.pdf`,
    number: { letter: 'surat_tugas', dated: today(register.clock), byHand: input.letterNumber },
    compose: (dated) => ({
      ...paperBaseOf(register),
      dated,
      teamName,
      period: periodNamed(input.periodId, periodMonths).name,
      basis:
        decree === null
          ? []
          : [
              `Keputusan Lurah Nomor ${decree.number} tanggal ${paperDay(decree.dated)} tentang ${decree.about}.`,
            ],
      member: {
        name: member.name,
        position: teamPositionLabel[member.position],
        origin: member.origin,
        phone: member.phone,
        nik: member.nik,
      },
      areas:
        member.areas.length === 0
          ? 'Seluruh wilayah kelurahan'
          : member.areas.map(describeTeamArea).join(', '),
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      families: families.map((family) => ({
        number: family.number,
        head: family.headName,
        street: family.street,
        rt: family.rt,
        rw: family.rw,
      })),
      lurah: lurahSigner(register),
    }),
  });
}
