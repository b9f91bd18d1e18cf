import { Text } from '@mantine/core';
import type { FindingCount } from '../../../shared/contract/finding.ts';
import { type FindingKind, findingRules } from '../../../shared/domain/finding.ts';
import { formatNumber } from '../../components/formats.ts';
import classes from './FindingScreen.module.css';
import { words } from './words.ts';

interface KindListProps {
  counts: readonly FindingCount[];
  state: 'terbuka' | 'selesai';
  kind: FindingKind | null;
  onKind: (kind: FindingKind | null) => void;
}

/** Kinds that occur, how many of each, and how old the oldest is; each opens its worklist. */
export function KindList({ counts, state, kind, onKind }: KindListProps) {
  const of = (count: FindingCount) => (state === 'selesai' ? count.settled : count.open);
  const sum = counts.reduce((total, count) => total + of(count), 0);
  return (
    <nav aria-label={words.kinds} className={classes.kinds}>
      <button
        type="button"
        className={classes.kind}
        aria-current={kind === null || undefined}
        onClick={() => onKind(null)}
      >
        <span>{words.all}</span>
        <span className="tabular">{formatNumber(sum)}</span>
      </button>
      {counts.map((count) => (
        <button
          key={count.kind}
          type="button"
          className={classes.kind}
          aria-current={kind === count.kind || undefined}
          onClick={() => onKind(count.kind)}
        >
          <span>
            {findingRules[count.kind].label}
            {state === 'terbuka' && count.oldestDays !== null && count.oldestDays > 0 && (
              <Text span size="xs" c="dimmed" display="block">
                {words.oldest(formatNumber(count.oldestDays))}
              </Text>
            )}
          </span>
          <span className="tabular">{formatNumber(of(count))}</span>
        </button>
      ))}
    </nav>
  );
}
