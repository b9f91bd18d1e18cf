import { z } from 'zod';
import { Role } from '../domain/role.ts';

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9._-]{2,31}$/,
    'Nama pengguna: 3–32 huruf kecil, angka, titik, atau tanda hubung; diawali huruf.',
  );

export const Password = z.string().min(10, 'Kata sandi sedikitnya 10 huruf.').max(200);

export const NewAccount = z.object({
  username: Username,
  name: z.string().trim().min(1, 'Nama wajib diisi.').max(120),
  nip: z.string().trim().max(30).nullable(),
  role: Role,
  /** First password; the owner changes it at the first login. */
  password: Password,
});
export type NewAccount = z.infer<typeof NewAccount>;

export const Account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  nip: z.string().nullable(),
  role: Role,
  active: z.boolean(),
  mustChangePassword: z.boolean(),
  createdAt: z.string(),
});
export type Account = z.infer<typeof Account>;

export const accountsContract = {
  list: { output: z.array(Account) },
  create: { input: NewAccount, output: Account },
  update: {
    input: z.object({ id: z.string(), name: NewAccount.shape.name, nip: NewAccount.shape.nip, role: Role }),
    output: Account,
  },
  setActive: {
    input: z.object({ id: z.string(), active: z.boolean(), password: Password.nullable() }),
    output: Account,
  },
  resetPassword: { input: z.object({ id: z.string(), password: Password }), output: Account },
};
