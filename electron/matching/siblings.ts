/**
 * By what two spellings of one part of a name differ: another letter (RINA, RINI), a letter lost or doubled (YULI,
 * YULIA), or none but exchanged with its neighbours. Brothers and sisters bear the former two.
 */
export type NameSlip = 'letter' | 'lost' | 'exchanged';

export function slipBetween(one: string, other: string): NameSlip {
  if (one.length !== other.length) return 'lost';
  return [...one].sort().join('') === [...other].sort().join('') ? 'exchanged' : 'letter';
}

/** The one of two slips that speaks more for two names. */
export function worseSlip(one: NameSlip, other: NameSlip): NameSlip {
  if (one === 'letter' || other === 'letter') return 'letter';
  return one === 'lost' || other === 'lost' ? 'lost' : 'exchanged';
}

/** What a pair says of whether it is a person and their brother or sister. */
export interface Siblinghood {
  /** The number is equal, or one slip of the finger off. */
  numberAgrees: boolean;
  /** KK, address or relatives say that they live together, or may. */
  home: boolean;
  /** The worst slip of the name; `exchanged` where there is none. */
  slip: NameSlip;
  born: 'alike' | 'one_digit' | 'other';
}

/** Brothers and sisters share the home and half of their names: without number and birth date, RISKA may be RISMA. */
export function mayBeSiblings({ numberAgrees, home, slip, born }: Siblinghood): boolean {
  if (numberAgrees || !home || born === 'alike') return false;
  return slip === 'letter' || (slip === 'lost' && born !== 'one_digit');
}
