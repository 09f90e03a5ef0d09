import { en } from './en.ts';

type Widen<Value> = Value extends string ? string : Value extends (...words: infer Words) => string ? (...words: Words) => string : { readonly [Key in keyof Value]: Widen<Value[Key]> };

/** Shape of every catalogue: another language is one more file of this type. */
export type Catalogue = Widen<typeof en>;

export const text: Catalogue = en;
