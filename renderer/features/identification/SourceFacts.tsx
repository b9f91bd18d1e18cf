import { Text } from '@mantine/core';
import type { CaseProposal, SourceProposal } from '../../../shared/contract/identification.ts';
import { referenceSourceLabel } from '../../../shared/domain/reference.ts';
import classes from './IdentificationScreen.module.css';
import { words } from './words.ts';

/** What each source has of the family: its household there, who stands in it, who is missing. */
export function SourceFacts({ proposal }: { proposal: CaseProposal }) {
  return (
    <div className={classes.facts}>
      {proposal.sources.map((source) => (
        <Facts key={source.source} source={source} />
      ))}
    </div>
  );
}

function Facts({ source }: { source: SourceProposal }) {
  const known = new Set(source.members.flatMap((member) => (member.proposes ? (member.askedId ?? []) : [])));
  return (
    <section aria-label={referenceSourceLabel[source.source]}>
      {source.households.length === 0 && (
        <Text size="sm" fw={500}>
          {referenceSourceLabel[source.source]}: {words.nobody}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {words.listOf(source.lists.join('; '))}
      </Text>
      {source.households.map((household) => (
        <div key={household.id} className={classes.household}>
          <Text size="sm" fw={500}>
            {words.householdIn(household.listName)}
          </Text>
          <Text size="xs">{household.address}</Text>
          {household.percentile !== null && <Text size="xs">{words.percentile(household.percentile)}</Text>}
          {household.desil !== null && <Text size="xs">{words.desil(household.desil)}</Text>}
          <ul>
            {household.persons.map((person) => (
              <li key={person.personId}>
                {person.name}
                <Text span size="xs" c="dimmed">
                  {person.relation !== '' && ` ${person.relation.toLowerCase()}`}
                  {!known.has(person.personId) && ` · ${words.notReported}`}
                </Text>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
