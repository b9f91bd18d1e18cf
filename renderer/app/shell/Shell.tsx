import { UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { may } from '../../../shared/domain/access.ts';
import { roleLabel } from '../../../shared/domain/role.ts';
import { describeError } from '../../../shared/errors.ts';
import { fullAreaName } from '../../../shared/domain/wilayah.ts';
import { SearchIcon } from '../../components/icons.tsx';
import { ShortcutKeys } from '../../components/ShortcutKeys.tsx';
import { ChangePasswordModal } from '../../features/session/ChangePasswordModal.tsx';
import { useLeave } from '../../features/session/use-leave.ts';
import { SyncFoot } from '../../features/sync/SyncFoot.tsx';
import { globalActions } from '../actions/global-actions.ts';
import { useActions } from '../actions/use-actions.ts';
import { useShortcuts } from '../actions/use-shortcuts.ts';
import { applyTextSize, readTextSize, steppedTextSize } from '../appearance.ts';
import { tellProblem } from '../notify.ts';
import { useSession, useSessionState } from '../session-context.ts';
import { ScanTarget, ScanTargetContext } from '../scan-target.ts';
import { useScanner } from '../use-scanner.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { PeriodCountdown } from './PeriodCountdown.tsx';
import { CommandPalette, openPalette } from './CommandPalette.tsx';
import { Curtain } from './Curtain.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { SideNav } from './SideNav.tsx';
import { TrainingBand } from './TrainingBand.tsx';
import { useIdleLock } from './use-idle-lock.ts';
import { useSessionFacts } from './use-session-facts.ts';
import classes from './Shell.module.css';
import { words } from './words.ts';

/** The frame around every screen behind the login. */
export function Shell() {
  const session = useSession();
  const locked = useSessionState().locked !== null;
  const [dialog, setDialog] = useState<'keys' | 'password' | null>(null);
  const [curtain, setCurtain] = useState(false);
  const navigate = useNavigate();
  const { lock, logout } = useLeave();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const main = useRef<HTMLElement>(null);
  const covered = locked || curtain;

  const actions = globalActions({
    open: (to) => void navigate({ to }),
    openPalette,
    focusSearch: openPalette,
    openKeys: () => setDialog('keys'),
    drawCurtain: () => setCurtain(true),
    lock: () => lock('by_hand'),
    logout,
    changePassword: () => setDialog('password'),
    cycleScheme: () => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark'),
    stepText: (step) => applyTextSize(steppedTextSize(readTextSize(), step)),
  });
  useActions(actions, 'global');
  useShortcuts(!covered);
  const [scanTarget] = useState(() => new ScanTarget());
  useScanner(!covered, openSheet);
  useSessionFacts();
  useIdleLock(!locked, session.idleMinutes, () => lock('left_alone'));
  useFocusOnArrival(main);

  /** Whoever may not type forms in is told so, and stays where they are. */
  function openSheet(code: string) {
    if (scanTarget.offer(code)) return;
    if (may(session.account.role, 'verification:enter'))
      void navigate({ to: '/verification/$code', params: { code } });
    else
      tellProblem({ ...describeError('not_allowed', { roles: roleLabel.petugas_verifikasi }), fields: [] });
  }

  return (
    <div className={classes.frame}>
      <a href="#main" className={classes.skip}>
        {words.skip}
      </a>
      <div data-area="band">{session.training && <TrainingBand />}</div>
      <aside className={classes.side} aria-label={words.side}>
        <div className={classes.brand}>
          <div className={classes.brandName}>{words.program}</div>
          <div className={classes.office}>{fullAreaName(session.office)}</div>
        </div>
        <SideNav />
        <AccountMenu actions={actions.filter((action) => inAccountMenu.includes(action.id))} />
      </aside>
      <section className={classes.head} aria-label={words.top}>
        <UnstyledButton className={classes.search} onClick={openPalette} aria-keyshortcuts="Control+K">
          <SearchIcon />
          <span className={classes.searchHint}>{words.search}</span>
          <ShortcutKeys shortcut="Ctrl+K" />
        </UnstyledButton>
        <PeriodCountdown />
      </section>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <ScanTargetContext value={scanTarget}>
          <Outlet />
        </ScanTargetContext>
      </main>
      <footer className={classes.foot}>
        <SyncFoot />
      </footer>
      <CommandPalette />
      <ShortcutHelp opened={dialog === 'keys'} onClose={() => setDialog(null)} />
      <ChangePasswordModal opened={dialog === 'password'} onClose={() => setDialog(null)} />
      {curtain && !locked && <Curtain onOpen={() => setCurtain(false)} />}
    </div>
  );
}

const inAccountMenu = [
  'program.larger',
  'program.smaller',
  'program.keys',
  'session.password',
  'program.lock',
  'session.logout',
];

/** A new screen takes the focus, so that keys and screen readers start there; its title names the window. */
function useFocusOnArrival(main: React.RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', () => {
        const element = main.current;
        if (element === null) return;
        const title = element.querySelector('h1')?.textContent;
        document.title =
          title === undefined || title === null ? words.program : `${title} · ${words.program}`;
        // A screen that placed the focus itself knows better.
        if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
      }),
    [main, router],
  );
}
