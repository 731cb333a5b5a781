/**
 * Changes Redoc's script in a page, for needs that its options do not meet:
 *
 * - It fetches the logo of its attribution, in one of two sizes. theme.css writes the name instead.
 * - It shows the operations of a tag only while the address is in that tag, and of one tag at a time. It does so for
 *   what it calls a group; the sections that it calls an item stand open. page.hbs makes it render them at once.
 *
 * @throws {Error} when the script has changed, so that a change is not lost unnoticed
 */
export function adaptRedoc(page: string): string {
  const withoutLogo = replace(page, /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, "data:,", 2);
  return replace(withoutLogo, /(contentType:\w+\.)GROUP(?=,meta:\{name:\w+,breadcrumbs:)/g, "$1ITEM", 1);
}

function replace(page: string, pattern: RegExp, by: string, expected: number): string {
  const count = [...page.matchAll(pattern)].length;
  if (count !== expected) {
    throw new Error(`Redoc's page has ${pattern.source} ${count} times, not ${expected}: see how its script works now`);
  }
  return page.replace(pattern, by);
}
