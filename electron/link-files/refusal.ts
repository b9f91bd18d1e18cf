/** Something the caller can mend: said in one line, and the program ends with 2. */
export class Refusal extends Error {}
