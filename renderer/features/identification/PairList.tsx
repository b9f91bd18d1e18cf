import { Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { type ReferenceSource, referenceSourceLabel } from '../../../shared/domain/reference.ts';
import { CheckIcon, CloseIcon, MinusIcon } from '../../components/icons.tsx';
import classes from './IdentificationScreen.module.css';
import marks from './marks.module.css';
import { chosenOther, type Pair, type Verdicts } from './verdicts.ts';
import { words } from './words.ts';

interface PairListProps {
  pairs: readonly Pair[];
  verdicts: Verdicts;
  /** Keys of the pairs that a person has judged; the others show what the program proposes. */
  judged: ReadonlySet<string>;
  /** Keys of those judged before the case changed. */
  again: ReadonlySet<string>;
  at: number;
  onGo: (at: number) => void;
}

/** All questions of a case, list by list; arrow keys walk through them. */
export function PairList({ pairs, verdicts, judged, again, at, onGo }: PairListProps) {
  const sources = [
    ...Map.groupBy(
      pairs.map((pair, index) => ({ pair, index })),
      ({ pair }) => pair.source,
    ),
  ];
  const list = useRef<HTMLElement>(null);
  // Judging goes to the next pair, which may stand below the edge.
  useEffect(() => {
    list.current?.querySelectorAll('button').item(at)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <nav ref={list} aria-label={words.pairs}>
      {sources.map(([source, entries]) => (
        <PairsOfSource
          key={source}
          source={source}
          entries={entries}
          verdicts={verdicts}
          judged={judged}
          again={again}
          at={at}
          count={pairs.length}
          onGo={onGo}
        />
      ))}
    </nav>
  );
}

function PairsOfSource({
  source,
  entries,
  verdicts,
  judged,
  again,
  at,
  count,
  onGo,
}: {
  source: ReferenceSource;
  entries: readonly { pair: Pair; index: number }[];
  verdicts: Verdicts;
  judged: ReadonlySet<string>;
  again: ReadonlySet<string>;
  at: number;
  count: number;
  onGo: (at: number) => void;
}) {
  return (
    <>
      <Text component="h2" size="sm" fw={600} mb={4}>
        {referenceSourceLabel[source]}
      </Text>
      <ul className={classes.pairList}>
        {entries.map(({ pair, index }) => (
          <li key={pair.key}>
            <button
              type="button"
              className={classes.pairButton}
              aria-current={index === at || undefined}
              onClick={() => onGo(index)}
              onKeyDown={(event) => walk(event, index, count, onGo)}
            >
              <span className={classes.pairNames}>
                <span className={classes.pairName}>{pair.memberName}</span>
                <span className={classes.pairOther}>
                  {chosenOther(verdicts, pair)?.name ?? pair.candidate.name}
                </span>
              </span>
              <span className={classes.pairVerdict}>
                <PairMark pair={pair} verdicts={verdicts} />
                {verdicts.has(pair.key) && !judged.has(pair.key) && (
                  <span className={classes.proposed}>
                    {again.has(pair.key) ? words.lookAgain : words.byProgram}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function PairMark({ pair, verdicts }: { pair: Pair; verdicts: Verdicts }) {
  const verdict = chosenOther(verdicts, pair) === null ? verdicts.get(pair.key)?.verdict : 'sama';
  switch (verdict) {
    case 'sama':
      return (
        <span className={marks.mark} data-verdict="sama">
          <CheckIcon />
          {words.verdicts.sama}
        </span>
      );
    case 'bukan':
      return (
        <span className={marks.mark} data-verdict="bukan">
          <CloseIcon />
          {words.verdicts.bukan}
        </span>
      );
    case undefined:
      return (
        <span className={marks.mark} data-verdict="none">
          <MinusIcon />
          {words.undecided}
        </span>
      );
  }
}

function walk(
  event: KeyboardEvent<HTMLButtonElement>,
  index: number,
  count: number,
  onGo: (at: number) => void,
): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const to = index + step;
  if (step === 0 || to < 0 || to >= count) return;
  event.preventDefault();
  onGo(to);
  event.currentTarget.closest('nav')?.querySelectorAll('button').item(to).focus();
}
