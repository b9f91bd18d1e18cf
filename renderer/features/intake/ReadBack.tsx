import { Modal } from '@mantine/core';
import type { DraftHousehold, DraftMember } from '../../../shared/domain/draft.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import { IsoDate, Relation, relationLabel, Sex, sexLabel } from '../../../shared/domain/person.ts';
import { formatLongDate } from '../../components/formats.ts';
import classes from './ReadBack.module.css';
import { words } from './words.ts';

/**
 * What was typed, in large type and alone on the screen, for the family to read along: nothing of the
 * office's own, no finding, no other family.
 */
export function ReadBack({
  draft,
  opened,
  onClose,
}: {
  draft: DraftHousehold;
  opened: boolean;
  onClose: () => void;
}) {
  const { address, families, members, phone } = draft;
  return (
    <Modal opened={opened} onClose={onClose} fullScreen title={words.readBackTitle}>
      <div className={classes.page}>
        <p>
          {address.street || words.readBackEmpty}, RT {address.rt || '–'} / RW {address.rw || '–'}
        </p>
        {families.map(({ no, kk }) => (
          <p key={no} className={classes.number}>
            {words.kk(no, families.length > 1)}: {kk === '' ? words.readBackEmpty : groupNumber(kk)}
          </p>
        ))}
        {phone !== '' && (
          <p className={classes.number}>
            {words.phone}: {phone}
          </p>
        )}
        {members.map((member, index) => (
          <section key={member.id} aria-label={words.memberTitle(index + 1, member.name)}>
            <h2>{words.memberTitle(index + 1, member.name)}</h2>
            <p className={classes.number}>
              NIK: {member.nik === '' ? words.withoutNik : groupNumber(member.nik)}
            </p>
            <p>{factsOf(member)}</p>
            {member.motherName !== '' && (
              <p>
                {words.motherName}: {member.motherName}
              </p>
            )}
          </section>
        ))}
      </div>
    </Modal>
  );
}

function factsOf(member: DraftMember): string {
  const sex = Sex.safeParse(member.sex);
  const born = IsoDate.safeParse(member.birthDate);
  const relation = Relation.safeParse(member.relation);
  return [
    relation.success ? relationLabel[relation.data] : null,
    sex.success ? sexLabel[sex.data] : null,
    born.success ? words.readBackBorn(member.birthPlace.trim(), formatLongDate(born.data)) : null,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
}
