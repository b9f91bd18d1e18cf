import {
  EyeOffIcon,
  KeyIcon,
  LeaveIcon,
  ListIcon,
  LockIcon,
  PlusIcon,
  SearchIcon,
  SunIcon,
  TextSizeIcon,
} from '../../components/icons.tsx';
import { navigation, type NavEntry } from '../shell/navigation.ts';
import { groups, type Action } from './action.ts';

/** What the program's own actions act upon; the frame provides it. */
export interface ProgramControls {
  open: (to: NavEntry['to']) => void;
  openPalette: () => void;
  /** The search field of the screen, or the palette where it has none. */
  focusSearch: () => void;
  openKeys: () => void;
  drawCurtain: () => void;
  lock: () => void;
  logout: () => void;
  changePassword: () => void;
  cycleScheme: () => void;
  stepText: (step: 1 | -1) => void;
}

/** Actions that work on every screen. Those of one screen stand in `features/<feature>/actions.ts`. */
export function globalActions(controls: ProgramControls): Action[] {
  return [
    ...navigation.map((entry) => goTo(entry, controls)),
    newRegistration(controls),
    ...programActions(controls),
  ];
}

function goTo({ id, label, icon, permission, shortcut, to }: NavEntry, controls: ProgramControls): Action {
  return { id, label, icon, permission, shortcut, group: groups.go, perform: () => controls.open(to) };
}

/** The next family in the queue, from wherever one is. */
function newRegistration(controls: ProgramControls): Action {
  return {
    id: 'intake.new',
    label: 'Pendaftaran baru',
    group: groups.go,
    icon: PlusIcon,
    shortcut: 'F2',
    permission: 'intake:write',
    perform: () => controls.open('/intake/new'),
  };
}

function programActions(controls: ProgramControls): Action[] {
  const group = groups.program;
  return [
    {
      id: 'program.palette',
      label: 'Cari dan perintah',
      group,
      icon: SearchIcon,
      shortcut: 'Ctrl+K',
      perform: controls.openPalette,
    },
    {
      id: 'program.search',
      label: 'Cari di layar ini',
      group,
      icon: SearchIcon,
      shortcut: '/',
      perform: controls.focusSearch,
    },
    {
      id: 'program.keys',
      label: 'Tombol pintas',
      group,
      icon: ListIcon,
      shortcut: '?',
      perform: controls.openKeys,
    },
    {
      id: 'program.curtain',
      label: 'Tutup tirai layar',
      group,
      icon: EyeOffIcon,
      shortcut: 'F9',
      perform: controls.drawCurtain,
    },
    {
      id: 'program.lock',
      label: 'Kunci layar',
      group,
      icon: LockIcon,
      shortcut: 'Ctrl+Alt+L',
      perform: controls.lock,
    },
    {
      id: 'program.scheme',
      label: 'Ganti terang atau gelap',
      group,
      icon: SunIcon,
      perform: controls.cycleScheme,
    },
    {
      id: 'program.larger',
      label: 'Perbesar huruf',
      group,
      icon: TextSizeIcon,
      shortcut: 'Ctrl+Alt+ArrowUp',
      perform: () => controls.stepText(1),
    },
    {
      id: 'program.smaller',
      label: 'Perkecil huruf',
      group,
      icon: TextSizeIcon,
      shortcut: 'Ctrl+Alt+ArrowDown',
      perform: () => controls.stepText(-1),
    },
    {
      id: 'session.password',
      label: 'Ganti kata sandi',
      group,
      icon: KeyIcon,
      permission: 'session:own',
      perform: controls.changePassword,
    },
    {
      id: 'session.logout',
      label: 'Keluar',
      group,
      icon: LeaveIcon,
      permission: 'session:own',
      perform: controls.logout,
    },
  ];
}
