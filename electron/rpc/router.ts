import { accountsRouter } from './accounts.ts';
import { approvalRouter } from './approval.ts';
import { attentionRouter } from './attention.ts';
import { attachmentsRouter } from './attachments.ts';
import { casesRouter } from './cases.ts';
import { courierRouter } from './courier.ts';
import { differenceRouter } from './difference.ts';
import { documentsRouter } from './archive.ts';
import { duplicatesRouter } from './duplicates.ts';
import { findingRouter } from './finding.ts';
import { exportsRouter } from './exports.ts';
import { identificationRouter } from './identification.ts';
import { intakeRouter } from './intake.ts';
import { lifeEventRouter } from './life-event.ts';
import { muskelRouter } from './muskel.ts';
import { ledgerRouter } from './ledger.ts';
import { paperBatchRouter } from './paper-batch.ts';
import { periodRouter } from './period.ts';
import { mergeRouter } from './merge.ts';
import { printingRouter } from './printing.ts';
import { proofRouter } from './proof.ts';
import { proxyRouter } from './proxy.ts';
import { recapRouter } from './recap.ts';
import { referenceRouter } from './reference.ts';
import { sessionRouter } from './session.ts';
import { settingsRouter } from './settings.ts';
import { setupRouter } from './setup.ts';
import { spotCheckRouter } from './spot-check.ts';
import { syncRouter } from './sync.ts';
import { teamRouter } from './team.ts';
import { router } from './trpc.ts';
import { verificationRouter } from './verification.ts';

/** One line a feature; the screen sees only the type. */
export const appRouter = router({
  accounts: accountsRouter,
  approval: approvalRouter,
  attachments: attachmentsRouter,
  attention: attentionRouter,
  cases: casesRouter,
  courier: courierRouter,
  difference: differenceRouter,
  documents: documentsRouter,
  duplicates: duplicatesRouter,
  finding: findingRouter,
  exports: exportsRouter,
  identification: identificationRouter,
  intake: intakeRouter,
  lifeEvent: lifeEventRouter,
  muskel: muskelRouter,
  ledger: ledgerRouter,
  paperBatch: paperBatchRouter,
  period: periodRouter,
  merge: mergeRouter,
  printing: printingRouter,
  proof: proofRouter,
  proxy: proxyRouter,
  recap: recapRouter,
  reference: referenceRouter,
  session: sessionRouter,
  settings: settingsRouter,
  setup: setupRouter,
  spotCheck: spotCheckRouter,
  sync: syncRouter,
  team: teamRouter,
  verification: verificationRouter,
});

export type AppRouter = typeof appRouter;
