import { changeKindLabel } from '../../../shared/domain/reference-change.ts';
import type { ChangeRow } from '../../../shared/contract/difference.ts';
import { CaseNumberText } from '../../components/CaseNumberText.tsx';
import { CheckIcon, MinusIcon, PlusIcon, CloseIcon, CompareIcon } from '../../components/icons.tsx';
import type { Column } from '../../components/VirtualTable.tsx';
import classes from './difference.module.css';
import { words } from './words.ts';
import { formatRtRw } from '../../../shared/domain/rt-rw.ts';

const marks = {
  baru: PlusIcon,
  hilang: MinusIcon,
  berubah: CompareIcon,
  sama: CheckIcon,
  pindah_masuk: PlusIcon,
  pindah_keluar: MinusIcon,
};

const shown: readonly Column<ChangeRow>[] = [
  {
    key: 'kind',
    header: words.columns.kind,
    width: '8.5rem',
    render: ({ kind }) => {
      const Mark = marks[kind];
      return (
        <span className={classes.kind} data-kind={kind}>
          <Mark />
          {changeKindLabel[kind]}
        </span>
      );
    },
  },
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(11rem, 1fr)',
    render: ({ headName }) => headName,
  },
  {
    key: 'place',
    header: words.columns.place,
    width: '8rem',
    render: ({ rt, rw }) => (rt === null || rw === null ? words.nothing : formatRtRw(rt, rw)),
  },
  { key: 'rank', header: words.columns.rank, width: '5.5rem', render: rankOf },
  { key: 'what', header: words.columns.what, width: 'minmax(8rem, 2fr)', render: (row) => summaryOf(row) },
  {
    key: 'case',
    header: words.columns.case,
    width: '13rem',
    render: (row) => (row.case === null ? words.nothing : <CaseNumberText number={row.case.number} />),
  },
];

export const changeColumns = shown;

export const stagedColumns: readonly Column<ChangeRow>[] = [
  ...shown,
  {
    key: 'decision',
    header: words.columns.decision,
    width: '6.5rem',
    render: ({ kind, accepted }) =>
      kind === 'sama' ? (
        words.nothing
      ) : accepted ? (
        <span className={classes.kind}>
          <CheckIcon />
          {words.accepted}
        </span>
      ) : (
        <span className={`${classes.kind} ${classes.refused}`}>
          <CloseIcon />
          {words.refused}
        </span>
      ),
  },
];

function rankOf({ rankBefore, rankAfter }: ChangeRow) {
  if (rankBefore === null && rankAfter === null) return words.nothing;
  if (rankBefore === rankAfter || rankBefore === null) return rankAfter;
  if (rankAfter === null) return rankBefore;
  return (
    <span className="tabular">
      <span className={classes.before}>{rankBefore}</span> →{' '}
      <span className={classes.after}>{rankAfter}</span>
    </span>
  );
}

/** What differs in one line: the fields, then who came and went. */
export function summaryOf({ kind, changes }: Pick<ChangeRow, 'kind' | 'changes'>): string {
  const unread = changes.persons.filter((person) => person.kind === 'belum_terbaca').length;
  const isWhole = kind === 'baru' || kind === 'hilang' || kind === 'sama';
  if (isWhole && unread === 0) return words.whole[kind];
  const count = (wanted: string) => changes.persons.filter((person) => person.kind === wanted).length;
  const fields = changes.fields.map(({ label }) => label);
  const parts = [
    fields.length === 0
      ? null
      : words.fieldsOf(fields.slice(0, 3).join(', '), Math.max(0, fields.length - 3)),
    count('masuk') === 0 ? null : words.came(count('masuk')),
    count('keluar') === 0 ? null : words.left(count('keluar')),
    unread === 0 ? null : words.unread(unread),
    count('berubah') === 0 ? null : words.altered(count('berubah')),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
