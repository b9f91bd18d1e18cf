import { periodOf } from '../../shared/domain/period.ts';
import { loadAreaData } from '../area-names.ts';
import { today } from '../clock.ts';
import { createAccount } from '../services/accounts.ts';
import { type Register, type ServiceActor, systemActor } from '../services/register.ts';
import { currentSettings } from '../services/settings.ts';
import { findAccountByUsername } from '../store/accounts.ts';
import { generateKelurahan } from './generate.ts';
import { goals, SeedClock, seedFamilies } from './training-families.ts';
import { seedLists } from './training-lists.ts';
import { trainingAccounts, trainingOffice } from './training-office.ts';
import { padanList } from './training-padan.ts';

/** Fills the new training office: its further accounts, its reference lists (DTSEN of two quarters), families in every state. */
export async function seedTraining(register: Register): Promise<void> {
  for (const { username, name, role, password } of trainingAccounts) {
    if (role === 'administrator' || role === 'lurah') continue;
    await createAccount(
      register,
      systemActor,
      { username, name, nip: null, role, password },
      { mustChangePassword: false },
    );
  }
  const { reference, snapshots, cases } = generateKelurahan({
    households: 160,
    seed: 2026,
    kelurahan: trainingOffice.area,
    areas: loadAreaData(register.areas, register.resourcesDir),
    today: today(register.clock),
    cases: goals.length,
  });
  const clock = new SeedClock(firstDay(register), register.clock.now(), 40 * goals.length);
  const past: Register = { ...register, clock };
  const staff = {
    clerk: actorOf(register, 'loket'),
    verifier: actorOf(register, 'verifikasi'),
    lurah: actorOf(register, 'lurah'),
  };
  const underWay = cases.filter((_, index) => padanGoals.includes(goals[index] ?? ''));
  const padan = padanList(underWay, today(past.clock));
  seedLists(past, staff.verifier, [...reference, ...snapshots, padan]);
  await seedFamilies(past, staff, cases);
}

/**
 * Nine days lie between the first family and the moment somebody looks; fewer where the period is
 * younger, so that all of it belongs to the period that runs.
 */
function firstDay(register: Register): Date {
  const { start } = periodOf(today(register.clock), currentSettings(register).periodMonths);
  const nineDays = register.clock.now().getTime() - 9 * 86_400_000;
  return new Date(Math.max(nineDays, Date.parse(`${start}T00:00:00+07:00`)));
}

/** Whose families the padan Dukcapil of the training office was asked about. */
const padanGoals: readonly string[] = ['TERDAFTAR', 'TERIDENTIFIKASI', 'DAFTAR_SASARAN', 'MUSKEL_LAYAK'];

function actorOf(register: Register, username: string): ServiceActor {
  const account = findAccountByUsername(register.db, username);
  if (account === null) throw new Error(`The training office has no account ${username}.`);
  return { id: account.id, name: account.name, role: account.role };
}
