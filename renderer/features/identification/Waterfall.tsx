import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ExplainedPair, MatchCandidate } from '../../../shared/contract/identification.ts';
import { displayProbability, type WaterfallLine } from '../../../shared/domain/match.ts';
import { useTRPC } from '../../app/rpc.ts';
import { type Asked, Waiting } from '../../components/Waiting.tsx';
import classes from './Waterfall.module.css';
import { words } from './words.ts';

const bits = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1, signDisplay: 'always' });

/** Bits that fill the whole half of a bar; an equal NIK weighs about as much. */
const fullBar = 20;

type Person = Pick<MatchCandidate, 'personId' | 'name'>;

interface WaterfallProps {
  caseId: string;
  memberId: string;
  shown: Person;
  /** The next best candidate, whose evidence stands beside it. */
  rival: Person | null;
  /** Where the weights come from, as a sentence goes on. */
  modelOrigin: string;
}

/**
 * Why the program believes it: each piece of evidence in words and how heavy it weighs, the runner-up beside it. Asked
 * for where it is open.
 */
export function Waterfall({ caseId, memberId, shown, rival, modelOrigin }: WaterfallProps) {
  const trpc = useTRPC();
  const details = useRef<HTMLDetailsElement>(null);
  const justOpened = useRef(false);
  const [open, setOpen] = useState(false);
  const of = ({ personId }: Person, enabled: boolean) =>
    trpc.identification.evidence.queryOptions({ caseId, memberId, personId }, { enabled });
  const own = useQuery(of(shown, open));
  const other = useQuery(of(rival ?? shown, open && rival !== null));
  const isWhole = open && own.data !== undefined && (rival === null || other.data !== undefined);
  useEffect(() => {
    if (!isWhole || !justOpened.current) return;
    justOpened.current = false;
    // Opened with a key at the lower end of the screen, it would open out of sight.
    details.current?.scrollIntoView({ block: 'nearest' });
  }, [isWhole]);
  return (
    <details
      ref={details}
      className={classes.why}
      onToggle={({ currentTarget }) => {
        justOpened.current = currentTarget.open;
        setOpen(currentTarget.open);
      }}
    >
      <summary>{words.why}</summary>
      <div className={classes.sides}>
        <Side asked={own} title={shown.name} />
        {rival !== null && <Side asked={other} title={words.rivalIs(rival.name)} />}
      </div>
      <Text size="xs" c="dimmed">
        {words.modelOrigin(modelOrigin)}
      </Text>
    </details>
  );
}

function Side({ asked, title }: { asked: Asked<ExplainedPair>; title: string }) {
  return (
    <section aria-label={title}>
      <Text component="h3" size="sm" fw={600} mt={4}>
        {title}
      </Text>
      <Waiting query={asked} />
      {asked.data !== undefined && <Evidence explanation={asked.data.explanation} />}
    </section>
  );
}

function Evidence({ explanation }: Pick<ExplainedPair, 'explanation'>) {
  return (
    <>
      <Text size="sm">
        {explanation.verdict} {words.probability(displayProbability(explanation.probability))}
      </Text>
      <ul className={classes.lines}>
        {explanation.lines.map((line, index) => (
          <Line key={`${index} ${line.text}`} line={line} first={index === 0} />
        ))}
      </ul>
      {explanation.readAs.length > 0 && (
        <Text size="xs" c="dimmed">
          {words.readAs}: {explanation.readAs.join(' · ')}
        </Text>
      )}
    </>
  );
}

function Line({ line, first }: { line: WaterfallLine; first: boolean }) {
  const length = `${(Math.min(1, Math.abs(line.bits) / fullBar) * 100).toFixed(1)}%`;
  return (
    <li>
      <span>
        {line.text}
        {line.note !== null && <span className={classes.note}> ({line.note})</span>}
      </span>
      <span className={classes.strength}>
        <span className={classes.bar} data-against={line.bits < 0 || undefined} aria-hidden>
          <span style={{ width: length }} />
        </span>
        {first ? words.strength.start : strengthOf(line.bits, line.note)}
      </span>
      <span className={classes.bits}>{bits.format(line.bits)}</span>
    </li>
  );
}

function strengthOf(weight: number, note: string | null): string {
  if (weight === 0 && note !== null) return words.strength.counted;
  if (weight >= 6) return words.strength.strongFor;
  if (weight > 0.5) return words.strength.for;
  if (weight >= -0.5) return words.strength.neutral;
  return weight > -6 ? words.strength.against : words.strength.strongAgainst;
}
