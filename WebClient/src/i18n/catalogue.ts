/** A sentence with `{places}`, or one for each plural form of its `{count}`. */
export type Entry = string | ({ readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>);

export type Catalogue = Readonly<Record<string, Entry>>;
