import { z } from 'zod';

/** The proxy of the office's network, where it has one. */
export const ProxyInput = z.object({
  host: z
    .string()
    .trim()
    .regex(
      /^([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\])$/i,
      'Tulis nama atau alamat IP proksi, tanpa http://.',
    )
    .max(200),
  port: z.int('Isi nomor porta.').min(1, 'Porta 1 sampai 65535.').max(65_535, 'Porta 1 sampai 65535.'),
  username: z.string().trim().max(100),
  /** Null keeps the one that is stored, where it is the same proxy under the same name. */
  password: z.string().max(200).nullable(),
});
export type ProxyInput = z.infer<typeof ProxyInput>;

/** The password itself never leaves the register. */
export const ProxyView = z
  .object({ host: z.string(), port: z.int(), username: z.string(), hasPassword: z.boolean() })
  .nullable();
export type ProxyView = z.infer<typeof ProxyView>;

export const proxyContract = {
  read: { output: ProxyView },
  set: { input: ProxyInput.nullable(), output: ProxyView },
};
