import { casesContract } from '../../shared/contract/cases.ts';
import { dropFilter, savedFilters, saveFilter } from '../services/case-filters.ts';
import {
  caseDetail,
  findCasesByText,
  pageOfCases,
  revealNumbers,
  takeGenericStep,
  takeGenericSteps,
  workCounts,
} from '../services/cases.ts';
import { recordConsent } from '../services/consent.ts';
import { allowed, router } from './trpc.ts';

export const casesRouter = router({
  list: allowed('case:read', { masked: true })
    .input(casesContract.list.input)
    .output(casesContract.list.output)
    .query(({ ctx, input }) => pageOfCases(ctx.register, input)),

  search: allowed('case:read', { masked: true })
    .input(casesContract.search.input)
    .output(casesContract.search.output)
    .query(({ ctx, input }) => findCasesByText(ctx.register, input.text)),

  filters: allowed('case:read', { masked: true })
    .output(casesContract.filters.output)
    .query(({ ctx }) => savedFilters(ctx.register, ctx.actor)),

  saveFilter: allowed('case:read')
    .input(casesContract.saveFilter.input)
    .mutation(({ ctx, input }) => saveFilter(ctx.register, ctx.actor, input)),

  dropFilter: allowed('case:read')
    .input(casesContract.dropFilter.input)
    .mutation(({ ctx, input }) => dropFilter(ctx.register, ctx.actor, input.name)),

  get: allowed('case:read', { masked: true })
    .input(casesContract.get.input)
    .output(casesContract.get.output)
    .query(({ ctx, input }) => caseDetail(ctx.register, ctx.actor, input.caseId)),

  reveal: allowed('case:read')
    .input(casesContract.reveal.input)
    .output(casesContract.reveal.output)
    .mutation(({ ctx, input }) => revealNumbers(ctx.register, ctx.actor, input.caseId)),

  recordConsent: allowed('intake:write')
    .input(casesContract.recordConsent.input)
    .mutation(({ ctx, input }) => recordConsent(ctx.register, ctx.actor, input)),

  takeStep: allowed('case:step')
    .input(casesContract.takeStep.input)
    .output(casesContract.takeStep.output)
    .mutation(({ ctx, input }) => ({ state: takeGenericStep(ctx.register, ctx.actor, input) })),

  takeSteps: allowed('case:step')
    .input(casesContract.takeSteps.input)
    .output(casesContract.takeSteps.output)
    .mutation(({ ctx, input }) => takeGenericSteps(ctx.register, ctx.actor, input.steps)),

  counts: allowed('case:read', { polled: true })
    .output(casesContract.counts.output)
    .query(({ ctx }) => workCounts(ctx.register, ctx.actor)),
});
