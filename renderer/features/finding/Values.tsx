import type { ReactNode } from 'react';
import type { FindingRow } from '../../../shared/contract/finding.ts';
import { groupNumber } from '../../../shared/domain/nik.ts';
import { diffText, type Segment } from '../../components/text-diff.ts';
import classes from './FindingScreen.module.css';
import { words } from './words.ts';

/** Both sides of a finding; where both say something, what only one of them has is underlined. */
export function Values({ finding, children }: { finding: FindingRow; children?: ReactNode }) {
  const [reported, listed] = [shown(finding.reported), shown(finding.listed)];
  const both = reported !== null && listed !== null;
  const difference = both ? diffText(listed, reported) : null;
  return (
    <dl className={classes.values}>
      {reported !== null && (
        <div>
          <dt>{words.reported}</dt>
          <dd className="tabular">
            {difference === null ? reported : <Marked segments={difference.after} />}
          </dd>
        </div>
      )}
      {listed !== null && (
        <div>
          <dt>{words.listed}</dt>
          <dd className="tabular">
            {difference === null ? listed : <Marked segments={difference.before} />}
          </dd>
        </div>
      )}
      {finding.differing !== null && (
        <div>
          <dt>{words.differing}</dt>
          <dd>{words.differingDigits(finding.differing)}</dd>
        </div>
      )}
      <div>
        <dt>{words.source}</dt>
        <dd className={classes.source}>
          {finding.source}
          {children}
        </dd>
      </div>
    </dl>
  );
}

function Marked({ segments }: { segments: readonly Segment[] }) {
  return (
    <>
      {segments.map((segment, index) =>
        segment.own ? (
          <mark key={`${index} ${segment.text}`} className={classes.own}>
            {segment.text}
          </mark>
        ) : (
          <span key={`${index} ${segment.text}`}>{segment.text}</span>
        ),
      )}
    </>
  );
}

function shown(value: string | null): string | null {
  return value !== null && /^\d{16}$/.test(value) ? groupNumber(value) : value;
}
