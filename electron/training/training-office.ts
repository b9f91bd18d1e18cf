import type { NewOffice } from '../../shared/contract/setup.ts';
import type { Role } from '../../shared/domain/role.ts';

const password = 'latihan-jakarta';

/** The accounts of the training office; its login screen lists them. */
export const trainingAccounts: readonly { username: string; name: string; role: Role; password: string }[] = [
  { username: 'loket', name: 'Siti Aminah', role: 'petugas_loket', password },
  { username: 'verifikasi', name: 'Budi Santoso', role: 'petugas_verifikasi', password },
  { username: 'lurah', name: 'Drs. H. Rahmat Hidayat', role: 'lurah', password },
  { username: 'admin', name: 'Dewi Lestari', role: 'administrator', password },
];

export const trainingOffice: NewOffice = {
  area: '31.71.01.1001',
  officeAddress: 'Jl. Contoh Latihan No. 1',
  officePhone: '(021) 000-0000',
  administrator: { username: 'admin', name: 'Dewi Lestari', nip: null, password },
  lurah: { username: 'lurah', name: 'Drs. H. Rahmat Hidayat', nip: null, password },
};
