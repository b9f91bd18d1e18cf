import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { DuplicateReason, LikelyFamily } from '../../../shared/contract/duplicates.ts';
import { AlertIcon, SearchIcon } from '../../components/icons.tsx';
import classes from './DuplicateHint.module.css';
import { words } from './words.ts';

interface FamilyCardProps {
  family: LikelyFamily;
  used: boolean;
  onUse: () => void;
  onNotSame: () => void;
}

/** One likely family: how sure, where it stands, why, and what can be done with it. */
export function FamilyCard({ family, used, onUse, onNotSame }: FamilyCardProps) {
  return (
    <article className={classes.card} data-sure={family.sure || undefined} aria-label={family.headName}>
      <div className={classes.verdict}>
        {family.sure ? <AlertIcon /> : <SearchIcon />}
        <span>{family.verdict}</span>
      </div>
      <Text fw={600} size="sm">
        {family.headName}
      </Text>
      <Text size="xs" c="dimmed">
        {family.label} · {family.detail}
      </Text>
      {family.address !== '' && <Text size="xs">{family.address}</Text>}
      {used ? (
        <Text size="xs" fw={500}>
          {words.used}
        </Text>
      ) : (
        <>
          <Reasons family={family} />
          <Text size="xs" c="dimmed" lineClamp={2}>
            {words.members(family.members.filter((name) => name !== '').join(', '))}
          </Text>
          <Group gap="xs" mt={4}>
            {/* A case of the register is rather opened than typed again. */}
            <Button
              size="compact-sm"
              variant={family.kind === 'berkas' ? 'default' : 'filled'}
              data-use
              onClick={onUse}
            >
              {words.use}
            </Button>
            <Button size="compact-sm" variant="default" onClick={onNotSame}>
              {words.notSame}
            </Button>
            <Elsewhere family={family} />
          </Group>
        </>
      )}
    </article>
  );
}

/** So many members are told one by one; the others are counted. */
const mostReasons = 3;

function Reasons({ family }: { family: LikelyFamily }) {
  const more = family.why.length - mostReasons;
  return (
    <ul className={classes.why}>
      {family.why.slice(0, mostReasons).map((reason) => (
        <Why key={`${reason.reportedName}|${reason.otherName}`} reason={reason} />
      ))}
      {more > 0 && <li>{words.moreMembers(more)}</li>}
      {family.household.length > 0 && <li>{family.household.join(', ')}</li>}
    </ul>
  );
}

function Why({ reason }: { reason: DuplicateReason }) {
  const name = reason.otherName;
  return (
    <li>
      <span className={classes.person}>{name}</span>
      {reason.same.length > 0 && (
        <> {words.same(reason.same.join(', ').toLowerCase().replaceAll('nik', 'NIK'))}</>
      )}
      {reason.different.length > 0 && (
        <span className={classes.different}>
          {reason.same.length > 0 && '; '}
          {words.different(reason.different.join(', ').toLowerCase().replaceAll('nik', 'NIK'))}
        </span>
      )}
    </li>
  );
}

function Elsewhere({ family }: { family: LikelyFamily }) {
  switch (family.kind) {
    case 'berkas':
      return (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/cases/$caseId" params={{ caseId: family.id }} />}
        >
          {words.openCase}
        </Anchor>
      );
    case 'draf':
      return (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/intake/$draftId" params={{ draftId: family.id }} />}
        >
          {words.openDraft}
        </Anchor>
      );
    case 'acuan':
      return null;
  }
}
