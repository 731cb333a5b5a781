/**
 * Changes Redoc's script in a page, where it has no option for what the page needs:
 *
 * - It fetches the logo of its attribution, in one of two sizes. theme.css writes the name instead.
 * - It shows the operations of a tag only while the address is in that tag, and of one tag at a time. It does so for
 *   what it calls a group; the sections that it calls an item stand open. page.hbs makes it render them at once.
 *
 * @throws {Error} when the script has changed, so that none of this is lost unnoticed
 */
export function adaptRedoc(page: string): string {
  const withoutLogo = replace(page, /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g, "data:,", 2);
  return replace(withoutLogo, /(contentType:\w+\.)GROUP(?=,meta:\{name:\w+,breadcrumbs:)/g, "$1ITEM", 1);
}

function replace(page: string, what: RegExp, by: string, expected: number): string {
  const count = [...page.matchAll(what)].length;
  if (count !== expected) {
    throw new Error(`Redoc's page has ${what.source} ${count} times, not ${expected}: see what its script does now`);
  }
  return page.replace(what, by);
}
