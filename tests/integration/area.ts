/** The kelurahan that test offices are of. */
export const kelurahan = '31.71.01.1001';
