import { expect, it } from 'vitest';
import { areaKey } from '../shared/domain/wilayah.ts';
import { loadAreaData } from './area-names.ts';
import { loadAreas } from './areas.ts';
import { areaFinder } from './importing/areas.ts';

const areas = loadAreas('resources');
const data = loadAreaData(areas, 'resources');

it('every other spelling and every city of BPS leads to an area that exists', () => {
  const lost = [...data.aliases, ...data.bpsKabkota].filter(({ code }) => areas.find(code) === null);
  expect(lost).toEqual([]);
  expect(data.bpsKabkota).toHaveLength(6);
});

it('no spelling means two areas of one level, nor the official name of another', () => {
  const owners = new Map(areas.all.map((area) => [`${area.level} ${areaKey(area.name)}`, area.code]));
  for (const { alias, code } of data.aliases) {
    const key = `${areas.find(code)?.level} ${areaKey(alias)}`;
    expect(owners.get(key) ?? code, alias).toBe(code);
    owners.set(key, code);
  }
});

it('finds each of the 267 kelurahan by its own name', () => {
  const find = areaFinder(data);
  const nothing = { kabkota: null, kecamatan: null, code: null, kabkotaCode: null };
  const kelurahan = areas.all.filter((area) => area.level === 'kelurahan');
  expect(kelurahan).toHaveLength(267);
  for (const { name, code } of kelurahan)
    expect(find({ ...nothing, kelurahan: `KEL. ${name.toUpperCase()}` }, null).kelurahan, name).toBe(code);
});
