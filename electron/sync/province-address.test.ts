import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { isOnThisComputer, readProvinceAddress } from './province-address.ts';

function codeOf(typed: string): string {
  try {
    return readProvinceAddress(typed);
  } catch (cause) {
    if (cause instanceof AppError) return cause.code;
    throw cause;
  }
}

describe('the address of the provincial server', () => {
  it.each([
    ['mpm.jakarta.go.id', 'https://mpm.jakarta.go.id'],
    [' https://MPM.jakarta.go.id/ ', 'https://mpm.jakarta.go.id'],
    ['https://jakarta.go.id:8443/mpm/', 'https://jakarta.go.id:8443/mpm'],
    ['http://127.0.0.1:4310', 'http://127.0.0.1:4310'],
    ['http://localhost:4310/', 'http://localhost:4310'],
    ['http://[::1]:4310', 'http://[::1]:4310'],
    ['http://2130706433:4310', 'http://127.0.0.1:4310'],
  ])('reads %s', (typed, address) => {
    expect(readProvinceAddress(typed)).toBe(address);
  });

  it.each([
    ['', 'province_address_invalid'],
    ['ftp://jakarta.go.id', 'province_address_invalid'],
    ['file:///etc/passwd', 'province_address_invalid'],
    ['https://admin:rahasia@jakarta.go.id', 'province_address_invalid'],
    ['https://jakarta.go.id/?kode=1', 'province_address_invalid'],
    ['http://jakarta.go.id', 'province_address_insecure'],
    ['http://192.168.1.10:4310', 'province_address_insecure'],
    ['http://127.0.0.1.example.id', 'province_address_insecure'],
    ['http://localhost.example.id', 'province_address_insecure'],
  ])('refuses %s: %s', (typed, code) => {
    expect(codeOf(typed)).toBe(code);
  });

  it('knows which stay on this computer', () => {
    expect(isOnThisComputer('http://127.0.0.1:4310')).toBe(true);
    expect(isOnThisComputer('https://mpm.jakarta.go.id')).toBe(false);
  });
});
