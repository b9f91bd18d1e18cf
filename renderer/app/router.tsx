import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { AccountsScreen } from '../features/accounts/AccountsScreen.tsx';
import { ApprovalScreen, ApprovalSearch } from '../features/approval/ApprovalScreen.tsx';
import { AttentionScreen } from '../features/attention/AttentionScreen.tsx';
import { CaseScreen } from '../features/cases/CaseScreen.tsx';
import { CasesScreen } from '../features/cases/CasesScreen.tsx';
import { CaseListSearch } from '../features/cases/case-list-search.ts';
import { FindingScreen } from '../features/finding/FindingScreen.tsx';
import { FindingSearch } from '../features/finding/finding-search.ts';
import { HomeScreen } from '../features/home/HomeScreen.tsx';
import { DifferenceScreen } from '../features/difference/DifferenceScreen.tsx';
import { DifferenceSearch } from '../features/difference/difference-search.ts';
import { IdentificationCase } from '../features/identification/IdentificationCase.tsx';
import { IdentificationScreen } from '../features/identification/IdentificationScreen.tsx';
import { DraftsScreen } from '../features/intake/DraftsScreen.tsx';
import { IntakeScreen, IntakeSearch } from '../features/intake/IntakeScreen.tsx';
import { WithoutNikScreen } from '../features/intake/WithoutNikScreen.tsx';
import { NewDraftScreen, NewDraftSearch } from '../features/intake/NewDraftScreen.tsx';
import { PaperBatchScreen } from '../features/paper-batch/PaperBatchScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { MergeScreen } from '../features/merge/MergeScreen.tsx';
import { MergeSearch } from '../features/merge/merge-search.ts';
import { OutboxScreen } from '../features/sync/OutboxScreen.tsx';
import { OutboxSearch } from '../features/sync/outbox-search.ts';
import { SpotCheckListScreen } from '../features/spot-check/SpotCheckListScreen.tsx';
import { SpotCheckScreen } from '../features/spot-check/SpotCheckScreen.tsx';
import { TeamScreen, TeamSearch } from '../features/team/TeamScreen.tsx';
import { MuskelListScreen } from '../features/muskel/MuskelListScreen.tsx';
import { SessionScreen, SessionSearch } from '../features/muskel/SessionScreen.tsx';
import { PeriodScreen, PeriodSearch } from '../features/period/PeriodScreen.tsx';
import { CourierScreen } from '../features/courier/CourierScreen.tsx';
import { ProofScreen } from '../features/proof/ProofScreen.tsx';
import { RecapScreen } from '../features/recap/RecapScreen.tsx';
import { RecapSearch } from '../features/recap/recap-search.ts';
import { ImportScreen } from '../features/reference/ImportScreen.tsx';
import { ReferenceScreen } from '../features/reference/ReferenceScreen.tsx';
import { EntryScreen } from '../features/verification/EntryScreen.tsx';
import { WorkScreen } from '../features/verification/WorkScreen.tsx';
import { StackScreen } from '../features/verification/StackScreen.tsx';
import { SheetSearch, StackSearch, WorkSearch } from '../features/verification/work-search.ts';
import { LedgerScreen } from '../features/ledger/LedgerScreen.tsx';
import { LedgerSearch } from '../features/ledger/ledger-search.ts';
import { MissingScreen, ScreenProblem } from './shell/ScreenProblem.tsx';
import { Shell } from './shell/Shell.tsx';

/**
 * Every screen has an address, so that "back" and a reload lead where one was. What stands in an
 * address ends in histories: filters and ids of cases may, names and numbers of persons never.
 *
 * A feature adds its routes here, its entry in `shell/navigation.ts` and its actions in
 * `features/<feature>/actions.ts`.
 */
const root = createRootRoute({ component: Shell, notFoundComponent: MissingScreen });

/** The list stays mounted under the detail of a case, so that it keeps its place. */
const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  component: CasesScreen,
  validateSearch: CaseListSearch,
});

/** As with cases: the queue keeps its place under the comparison. */
const identification = createRoute({
  getParentRoute: () => root,
  path: '/identification',
  component: IdentificationScreen,
});

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: HomeScreen }),
  cases.addChildren([createRoute({ getParentRoute: () => cases, path: '$caseId', component: CaseScreen })]),
  createRoute({
    getParentRoute: () => root,
    path: '/approval',
    component: ApprovalScreen,
    validateSearch: ApprovalSearch,
  }),
  identification.addChildren([
    createRoute({ getParentRoute: () => identification, path: '$caseId', component: IdentificationCase }),
  ]),
  createRoute({
    getParentRoute: () => root,
    path: '/findings',
    component: FindingScreen,
    validateSearch: FindingSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/merge/$caseId',
    component: MergeScreen,
    validateSearch: MergeSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/intake', component: DraftsScreen }),
  createRoute({
    getParentRoute: () => root,
    path: '/intake/new',
    component: NewDraftScreen,
    validateSearch: NewDraftSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/intake/paper', component: PaperBatchScreen }),
  createRoute({ getParentRoute: () => root, path: '/intake/without-nik', component: WithoutNikScreen }),
  createRoute({
    getParentRoute: () => root,
    path: '/intake/$draftId',
    component: IntakeScreen,
    validateSearch: IntakeSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/attention', component: AttentionScreen }),
  createRoute({ getParentRoute: () => root, path: '/sync/courier', component: CourierScreen }),
  createRoute({ getParentRoute: () => root, path: '/sync/proof', component: ProofScreen }),
  createRoute({
    getParentRoute: () => root,
    path: '/sync',
    component: OutboxScreen,
    validateSearch: OutboxSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/verification',
    component: WorkScreen,
    validateSearch: WorkSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/muskel', component: MuskelListScreen }),
  createRoute({
    getParentRoute: () => root,
    path: '/muskel/$muskelId',
    component: SessionScreen,
    validateSearch: SessionSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/verification/stack',
    component: StackScreen,
    validateSearch: StackSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/verification/$code',
    component: EntryScreen,
    validateSearch: SheetSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/ledger',
    component: LedgerScreen,
    validateSearch: LedgerSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/spot-checks', component: SpotCheckListScreen }),
  createRoute({ getParentRoute: () => root, path: '/spot-checks/$checkId', component: SpotCheckScreen }),
  createRoute({
    getParentRoute: () => root,
    path: '/team',
    component: TeamScreen,
    validateSearch: TeamSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/period',
    component: PeriodScreen,
    validateSearch: PeriodSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/recap',
    component: RecapScreen,
    validateSearch: RecapSearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/difference/$differenceId',
    component: DifferenceScreen,
    validateSearch: DifferenceSearch,
  }),
  createRoute({ getParentRoute: () => root, path: '/reference', component: ReferenceScreen }),
  createRoute({ getParentRoute: () => root, path: '/reference/import', component: ImportScreen }),
  createRoute({ getParentRoute: () => root, path: '/accounts', component: AccountsScreen }),
  createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsScreen }),
] as const;

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren(routes),
    // A crash keeps the frame, and says how to go on.
    defaultErrorComponent: ScreenProblem,
    defaultNotFoundComponent: MissingScreen,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
