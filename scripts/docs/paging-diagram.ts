import { listsOf, pageExamplesOf } from "../description/lists.js";
import type { Operation } from "../description/operations.js";
import { escapeText } from "./colored.js";

const box = { width: 150, height: 64 };
const row = 104;
const width = 324;

/**
 * The requests of a whole listing and the tokens that lead from one to the next, as an SVG: those of the first
 * operation that pages, by the examples of its pages. Undefined without such an operation.
 *
 * It is as wide as a phone shows and has no viewBox, because Redoc's markdown turns that into `viewbox`.
 */
export function pagingDiagram(operations: readonly Operation[]): string | undefined {
  const operation = operations.find((one) => listsOf(one));
  if (!operation) return undefined;
  const pages = pagesOf(operation);
  const end = `${pages.length === 1 ? "1 request" : `${pages.length} requests`}. The last response has no nextPageToken: the listing is complete.`;
  return [
    '<figure class="paging">',
    `<svg width="${width}" height="${(pages.length - 1) * row + box.height + 2}" role="img" aria-label="${end}">`,
    ...pages.flatMap((page, index) => drawPage(page, index, pages[index - 1]?.token, operation)),
    "</svg>",
    `<figcaption>${end}</figcaption>`,
    "</figure>",
  ].join("\n");
}

interface Page {
  readonly items: string;
  readonly token: string | undefined;
}

/** The example pages up to the one that ends the listing; they stand in the order of their tokens. */
function pagesOf(operation: Operation): Page[] {
  const [itemsKey = ""] = listsOf(operation)?.keys() ?? [];
  const pages = [...pageExamplesOf(operation).values()].map((page) => {
    const count = page.at(itemsKey).keys.length;
    const token = page.fields["nextPageToken"];
    const name = count === 1 ? itemsKey.replace(/s$/, "") : itemsKey;
    return { items: `${count} ${name}`, token: typeof token === "string" && token !== "" ? token : undefined };
  });
  return pages.slice(0, pages.findIndex(({ token }) => token === undefined) + 1);
}

function drawPage({ items, token }: Page, index: number, sent: string | undefined, { path }: Operation): string[] {
  const y = index * row;
  const middle = y + 34;
  return [
    ...drawBox(0, y, `GET …${path.slice(path.lastIndexOf("/"))}`, "pageToken", sent),
    `<path d="M154 ${middle} h16 m-5 -4 l5 4 l-5 4" class="line"></path>`,
    ...drawBox(172, y, items, "nextPageToken", token),
    ...(token ? [`<path d="M248 ${y + 66} v18 h-174 v14 m-4 -5 l4 5 l4 -5" class="line"></path>`] : []),
  ];
}

/** A request or a response: its title, and its token. */
function drawBox(x: number, y: number, title: string, field: string, token: string | undefined): string[] {
  const short = token && token.length > 20 ? `${token.slice(0, 19)}…` : token;
  return [
    `<rect x="${x + 1}" y="${y + 1}" width="${box.width}" height="${box.height}" rx="8"></rect>`,
    `<text x="${x + 10}" y="${y + 20}" class="title">${escapeText(title)}</text>`,
    `<text x="${x + 10}" y="${y + 38}">${token ? field : `no ${field}`}</text>`,
    ...(short ? [`<text x="${x + 10}" y="${y + 55}" class="token">${escapeText(short)}</text>`] : []),
  ];
}
