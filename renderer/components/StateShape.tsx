import type { CaseState } from '../../shared/domain/case-flow.ts';

type Shape =
  | { pie: number }
  | { mark: 'dashed' | 'clock' | 'back' | 'cross' | 'unknown' | 'double' | 'check' | 'dash' };

/**
 * The shape of a state: a disc that fills as the case goes on, a tick once the province has it,
 * and signs of their own for what waits, came back, or stopped.
 */
const shapeOf: Record<CaseState, Shape> = {
  DRAF: { mark: 'dashed' },
  MENUNGGU_LURAH: { mark: 'clock' },
  DIKEMBALIKAN: { mark: 'back' },
  DITOLAK_LURAH: { mark: 'cross' },
  TERDAFTAR: { pie: 0 },
  TERIDENTIFIKASI: { pie: 0.15 },
  DAFTAR_SASARAN: { pie: 0.25 },
  MUSKEL_LAYAK: { pie: 0.4 },
  MUSKEL_TIDAK_LAYAK: { mark: 'cross' },
  MUSKEL_TIDAK_DITEMUKAN: { mark: 'unknown' },
  MUSKEL_GANDA: { mark: 'double' },
  DITUGASKAN: { pie: 0.5 },
  DICACAH: { pie: 0.65 },
  DIPERIKSA: { pie: 0.8 },
  DISAHKAN: { pie: 1 },
  TERKIRIM: { pie: 1 },
  DITERIMA: { mark: 'check' },
  DITOLAK: { mark: 'back' },
  DITARIK: { mark: 'dash' },
  DITUTUP: { mark: 'dash' },
  DIGABUNG: { mark: 'dash' },
};

export function StateShape({ state }: { state: CaseState }) {
  const shape = shapeOf[state];
  return (
    <svg
      width="0.875rem"
      height="0.875rem"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {'pie' in shape ? <Pie part={shape.pie} /> : <Mark mark={shape.mark} />}
    </svg>
  );
}

function Pie({ part }: { part: number }) {
  const radius = 5.5;
  const angle = 2 * Math.PI * part;
  const x = 7 + radius * Math.sin(angle);
  const y = 7 - radius * Math.cos(angle);
  return (
    <>
      <circle cx="7" cy="7" r={radius} fill={part === 1 ? 'currentColor' : 'none'} />
      {part > 0 && part < 1 && (
        <path
          d={`M7 7V1.5A${radius} ${radius} 0 ${part > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}Z`}
          fill="currentColor"
          stroke="none"
        />
      )}
    </>
  );
}

function Mark({ mark }: { mark: Exclude<Shape, { pie: number }>['mark'] }) {
  const path = markPath[mark];
  return (
    <>
      {mark === 'double' ? (
        <circle cx="5.2" cy="7" r="3.7" />
      ) : (
        <circle
          cx="7"
          cy="7"
          r="5.5"
          strokeDasharray={mark === 'dashed' ? '2 2.3' : undefined}
          fill={mark === 'check' ? 'currentColor' : 'none'}
        />
      )}
      {path !== null && <path d={path} stroke={mark === 'check' ? 'var(--mantine-color-body)' : undefined} />}
    </>
  );
}

const markPath: Record<Exclude<Shape, { pie: number }>['mark'], string | null> = {
  dashed: null,
  clock: 'M7 4v3.200l2 1.3',
  back: 'M9.5 7H4.700M6.5 5 4.5 7l2 2',
  cross: 'm5 5 4 4M9 5 5 9',
  unknown: 'M5.6 5.600c0-.8.6-1.4 1.4-1.400s1.4.6 1.4 1.300c0 1-1.4 1.1-1.4 2.100M7 9.600h.01',
  double: 'M8.8 3.300a3.7 3.7 0 1 1 0 7.4',
  check: 'm4.5 7.2 1.8 1.8 3.2-3.7',
  dash: 'M4.7 7h4.6',
};
