/** The part of officecrypto-tool that its types leave out: agile encryption by itself, of which a step can be replaced. */
declare module 'officecrypto-tool/src/crypto/ecma376_agile.js' {
  const agile: {
    encrypt(workbook: Buffer, password: string): Buffer;
    /** @param keyBits the key is the beginning of the last hash, of at most as many bits as that has */
    convertPasswordToKey(
      password: string,
      hashAlgorithm: string,
      salt: Buffer,
      rounds: number,
      keyBits: number,
      blockKey: Buffer,
    ): Buffer;
  };
  export default agile;
}
