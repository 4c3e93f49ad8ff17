import { parseJson } from '@/lib/contract/json';

/** A part of an address that cannot be read, or that cannot be used beside another one. */
export interface UnreadPart<Name extends string = string> {
  readonly name: Name;
  /** As it is in the address. */
  readonly text: string;
  /** In words that follow the part's name. */
  readonly why: string;
}

/** One parameter of an address. */
export interface PartForm {
  readonly canRead: (text: string) => boolean;
  /** What its text should be, in words that follow the part's name. */
  readonly expected: string;
  readonly isJson?: boolean;
}

/** The parameters of a query string that are not as a page expects them; a name that is not in `forms` is not the page's. */
export function unreadIn<Name extends string>(
  search: string,
  forms: Readonly<Record<Name, PartForm>>,
): UnreadPart<Name>[] {
  const given = new URLSearchParams(search);
  const isPart = (name: string): name is Name => Object.hasOwn(forms, name);
  return Object.keys(forms)
    .filter(isPart)
    .flatMap((name) => {
      const [text, ...more] = given.getAll(name);
      if (text === undefined) return [];
      const why = more.length > 0 ? 'given more than once' : faultOf(text, forms[name]);
      return why === null ? [] : [{ name, text, why }];
    });
}

function faultOf(text: string, { canRead, expected, isJson = false }: PartForm): string | null {
  if (canRead(text)) return null;
  return isJson && parseJson(text) === undefined ? 'not valid JSON' : expected;
}
