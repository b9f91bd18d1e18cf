import { Text } from '@mantine/core';
import { displayProbability, type MatchExplanation } from '../../../shared/domain/match.ts';
import classes from './Waterfall.module.css';
import { words } from './words.ts';

const bits = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1, signDisplay: 'always' });

/** Why the program believes it: each piece of evidence in words, and how heavy it weighs. */
export function Waterfall({ explanation }: { explanation: MatchExplanation }) {
  return (
    <details className={classes.why}>
      <summary>{words.why}</summary>
      <Text size="sm" mt={4}>
        {explanation.verdict} {words.probability(displayProbability(explanation.probability))}
      </Text>
      <ul className={classes.lines}>
        {explanation.lines.map((line, index) => (
          <li key={`${index} ${line.text}`}>
            <span className={classes.text}>
              {line.text}
              {line.note !== null && <span className={classes.note}> ({line.note})</span>}
            </span>
            <span className={classes.strength}>
              {index === 0 ? words.strength.start : strengthOf(line.bits, line.note)}
            </span>
            <span className={classes.bits}>{bits.format(line.bits)}</span>
          </li>
        ))}
      </ul>
      {explanation.readAs.length > 0 && (
        <Text size="xs" c="dimmed">
          {words.readAs}: {explanation.readAs.join(' · ')}
        </Text>
      )}
    </details>
  );
}

function strengthOf(weight: number, note: string | null): string {
  if (weight === 0 && note !== null) return words.strength.counted;
  if (weight >= 6) return words.strength.strongFor;
  if (weight > 0.5) return words.strength.for;
  if (weight >= -0.5) return words.strength.neutral;
  return weight > -6 ? words.strength.against : words.strength.strongAgainst;
}
