import { z } from 'zod';
import { NewAccount } from '../../../shared/contract/accounts.ts';
import { NewOffice } from '../../../shared/contract/setup.ts';
import { words } from './words.ts';

/** An account as it is typed: an empty NIP is an empty text, not null. */
const TypedAccount = NewAccount.omit({ role: true }).extend({ nip: z.string().trim().max(30) });

export const OfficeForm = NewOffice.pick({ officeAddress: true, officePhone: true }).extend({
  area: z.string().refine((code) => NewOffice.shape.area.safeParse(code).success, words.officeMissing),
});

export const AccountsForm = z
  .object({ administrator: TypedAccount, lurah: TypedAccount })
  .refine((value) => value.administrator.username !== value.lurah.username, {
    path: ['lurah', 'username'],
    message: words.sameUsername,
  });

export type OfficeForm = z.infer<typeof OfficeForm>;
export type AccountsForm = z.infer<typeof AccountsForm>;
export type OfficeDraft = OfficeForm & AccountsForm;

const nobody = { username: '', name: '', nip: '', password: '' };

export const emptyOffice: OfficeDraft = {
  area: '',
  officeAddress: '',
  officePhone: '',
  administrator: nobody,
  lurah: nobody,
};
