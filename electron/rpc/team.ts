import { teamContract } from '../../shared/contract/team.ts';
import {
  addDecree,
  assignCases,
  casesOfMember,
  planAssignment,
  readTeam,
  saveMember,
} from '../services/team.ts';
import { allowed, router } from './trpc.ts';

export const teamRouter = router({
  read: allowed('team:read', { masked: true })
    .output(teamContract.read.output)
    .query(({ ctx }) => readTeam(ctx.register)),

  addDecree: allowed('team:write')
    .input(teamContract.addDecree.input)
    .output(teamContract.addDecree.output)
    .mutation(({ ctx, input }) => addDecree(ctx.register, ctx.actor, input)),

  saveMember: allowed('team:write')
    .input(teamContract.saveMember.input)
    .output(teamContract.saveMember.output)
    .mutation(({ ctx, input }) => saveMember(ctx.register, ctx.actor, input)),

  plan: allowed('team:assign')
    .output(teamContract.plan.output)
    .query(({ ctx }) => planAssignment(ctx.register)),

  assign: allowed('team:assign')
    .input(teamContract.assign.input)
    .output(teamContract.assign.output)
    .mutation(({ ctx, input }) => assignCases(ctx.register, ctx.actor, input.parts)),

  casesOf: allowed('team:read', { masked: true })
    .input(teamContract.casesOf.input)
    .output(teamContract.casesOf.output)
    .query(({ ctx, input }) => casesOfMember(ctx.register, input.memberId)),
});
