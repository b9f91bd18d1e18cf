import { z } from 'zod';
import { Wilayah, WilayahPath, OfficeAreaCode } from '../domain/wilayah.ts';
import { NewAccount } from './accounts.ts';
import { SessionInfo } from './session.ts';

const FirstAccount = NewAccount.omit({ role: true });

export const NewOffice = z.object({
  area: OfficeAreaCode,
  officeAddress: z.string().trim().max(200),
  officePhone: z.string().trim().max(40),
  administrator: FirstAccount,
  lurah: FirstAccount,
});
export type NewOffice = z.infer<typeof NewOffice>;

export const setupContract = {
  /** Kelurahan and kecamatan whose name or code fits, best first; at most 20. */
  searchOffices: { input: z.object({ text: z.string().max(80) }), output: z.array(WilayahPath) },
  create: {
    input: NewOffice,
    output: z.object({ token: z.string(), session: SessionInfo, recoveryCode: z.string() }),
  },
  /** All areas, for names of NIK areas and pickers; a few hundred rows, fetched once. */
  areas: { output: z.array(Wilayah) },
  confirmRecoverySheet: {
    input: z.object({ code: z.string() }),
    output: z.object({ kept: z.literal(true) }),
  },
  renewRecoveryCode: { output: z.object({ recoveryCode: z.string() }) },
};
