import type { LinkProps } from '@tanstack/react-router';
import type { z } from 'zod';
import type { casesContract } from '../../../shared/contract/cases.ts';
import { may, type Permission } from '../../../shared/domain/access.ts';
import type { Role } from '../../../shared/domain/role.ts';
import {
  AlertIcon,
  CalendarIcon,
  ChartIcon,
  CheckIcon,
  ClipboardIcon,
  CompareIcon,
  FolderIcon,
  GearIcon,
  HomeIcon,
  InboxIcon,
  ListIcon,
  PeopleIcon,
  type IconComponent,
  PlusIcon,
  SendIcon,
  SpeechIcon,
  UnequalIcon,
} from '../../components/icons.tsx';
import { waitingCount } from '../../features/home/queues.ts';

export type WorkCounts = z.infer<typeof casesContract.counts.output>;

/** A place on the left, and in the palette under "Buka". */
export interface NavEntry {
  id: string;
  label: string;
  to: NonNullable<LinkProps['to']>;
  icon: IconComponent;
  /** Who sees it; without it everyone. */
  permission?: Permission;
  shortcut?: string;
  /** How many wait there for this person; nothing is shown for 0. */
  waiting?: (counts: WorkCounts, role: Role) => number;
  /** Stands apart at the lower end: what is set once and seldom changed. */
  aside?: true;
}

/** In the order of the left side. A feature adds its line when it adds its route. */
export const navigation: readonly NavEntry[] = [
  { id: 'home.open', label: 'Beranda', to: '/', icon: HomeIcon, waiting: waitingCount },
  {
    id: 'approval.open',
    label: 'Perlu saya tindak',
    to: '/approval',
    icon: InboxIcon,
    permission: 'approval:decide',
    waiting: ({ byState, muskelForLurah }) =>
      (byState.MENUNGGU_LURAH ?? 0) + (byState.DICACAH ?? 0) + (byState.DIPERIKSA ?? 0) + muskelForLurah,
  },
  {
    id: 'intake.open',
    label: 'Pendaftaran',
    to: '/intake',
    icon: PlusIcon,
    permission: 'intake:write',
    waiting: (counts) => counts.drafts,
  },
  {
    id: 'identification.open',
    label: 'Pemadanan',
    to: '/identification',
    icon: CompareIcon,
    permission: 'identification:decide',
    waiting: (counts) => counts.byState.TERDAFTAR ?? 0,
  },
  {
    id: 'muskel.open',
    label: 'Muskel',
    to: '/muskel',
    icon: SpeechIcon,
    permission: 'muskel:read',
    waiting: ({ byState, muskelForLurah }, role) => {
      if (role === 'lurah') return muskelForLurah;
      return role === 'petugas_verifikasi' ? (byState.DAFTAR_SASARAN ?? 0) : 0;
    },
  },
  {
    id: 'finding.open',
    label: 'Temuan',
    to: '/findings',
    icon: UnequalIcon,
    permission: 'finding:read',
    waiting: (counts, role) => (may(role, 'finding:resolve') ? counts.findings : 0),
  },
  {
    id: 'verification.open',
    label: 'Verifikasi',
    to: '/verification',
    icon: ClipboardIcon,
    permission: 'verification:enter',
    waiting: (counts) => (counts.byState['MUSKEL_LAYAK'] ?? 0) + (counts.byState['DITUGASKAN'] ?? 0),
  },
  {
    id: 'spotCheck.open',
    label: 'Kunjungan ulang',
    to: '/spot-checks',
    icon: CheckIcon,
    permission: 'spotcheck:make',
  },
  {
    id: 'team.open',
    label: 'Tim lapangan',
    to: '/team',
    icon: PeopleIcon,
    permission: 'team:read',
  },
  { id: 'cases.open', label: 'Berkas', to: '/cases', icon: FolderIcon, permission: 'case:read' },
  {
    id: 'period.open',
    label: 'Periode',
    to: '/period',
    icon: CalendarIcon,
    permission: 'period:read',
  },
  { id: 'recap.open', label: 'Rekapitulasi', to: '/recap', icon: ChartIcon, permission: 'recap:read' },
  {
    id: 'reference.open',
    label: 'Daftar acuan',
    to: '/reference',
    icon: ListIcon,
    permission: 'reference:read',
  },
  {
    id: 'attention.open',
    label: 'Perlu perhatian',
    to: '/attention',
    icon: AlertIcon,
    permission: 'sync:read',
    waiting: ({ attention }) => attention,
  },
  { id: 'sync.open', label: 'Kiriman', to: '/sync', icon: SendIcon, permission: 'sync:read' },
  {
    id: 'accounts.open',
    label: 'Akun',
    to: '/accounts',
    icon: PeopleIcon,
    permission: 'accounts:manage',
    aside: true,
  },
  {
    id: 'settings.open',
    label: 'Pengaturan',
    to: '/settings',
    icon: GearIcon,
    permission: 'settings:write',
    aside: true,
  },
];
