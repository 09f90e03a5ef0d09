/** The little of Trusted Types that is needed here; TypeScript's DOM library does not know them yet. */
interface TrustedTypes {
  readonly createPolicy: (name: string, rules: { readonly createHTML: (markup: string) => string }) => unknown;
}

const has = (host: object): host is { readonly trustedTypes: TrustedTypes } => 'trustedTypes' in host;

/**
 * The page's policy refuses markup made from text. React Aria empties its live region by setting it to
 * nothing; that, and no other markup, is let through.
 */
export const allowEmptyMarkup = (host: object): void => {
  if (!has(host)) return;
  host.trustedTypes.createPolicy('default', {
    createHTML: (markup) => {
      if (markup !== '') throw new TypeError('the studio makes no markup from text');
      return markup;
    },
  });
};
