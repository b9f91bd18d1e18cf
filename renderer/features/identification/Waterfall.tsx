import { Text } from '@mantine/core';
import {
  displayProbability,
  type MatchExplanation,
  type WaterfallLine,
} from '../../../shared/domain/match.ts';
import classes from './Waterfall.module.css';
import { words } from './words.ts';

const bits = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1, signDisplay: 'always' });

/** Bits that fill the whole half of a bar; an equal NIK weighs about as much. */
const fullBar = 20;

interface Explained {
  name: string;
  explanation: MatchExplanation;
}

interface WaterfallProps {
  shown: Explained;
  /** The next best candidate, whose evidence stands beside it. */
  rival: Explained | null;
  /** Where the weights come from, as a sentence goes on. */
  modelOrigin: string;
}

/** Why the program believes it: each piece of evidence in words and how heavy it weighs, the runner-up beside it. */
export function Waterfall({ shown, rival, modelOrigin }: WaterfallProps) {
  return (
    <details
      className={classes.why}
      // Opened with a key at the lower end of the screen, it would open out of sight.
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) currentTarget.scrollIntoView({ block: 'nearest' });
      }}
    >
      <summary>{words.why}</summary>
      <div className={classes.sides}>
        <Side explanation={shown.explanation} title={shown.name} />
        {rival !== null && <Side explanation={rival.explanation} title={words.rivalIs(rival.name)} />}
      </div>
      <Text size="xs" c="dimmed">
        {words.modelOrigin(modelOrigin)}
      </Text>
    </details>
  );
}

function Side({ explanation, title }: { explanation: MatchExplanation; title: string }) {
  return (
    <section aria-label={title}>
      <Text component="h3" size="sm" fw={600} mt={4}>
        {title}
      </Text>
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
    </section>
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
