const tokens = [
  ["comment", /\/\/.*/],
  ["string", /"[^"]*"|`[^`]*`/],
  ["keyword", /\b(?:import|from|const|for|await|of|if|throw|new|type|async|return)\b/],
  ["function", /\w+(?=\()/],
  ["property", /(?<=\.)\w+/],
] as const;

/** TypeScript as HTML with the classes that theme.css gives the colors of Redoc's own samples. */
export function colored(code: string): string {
  const pattern = new RegExp(tokens.map(([name, { source }]) => `(?<${name}>${source})`).join("|"), "g");
  let html = "";
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    const [name = ""] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    // Redoc's markdown drops spaces that stand alone between two elements.
    const [, before = "", space = ""] = /^(.*?)(\s*)$/s.exec(code.slice(end, match.index)) ?? [];
    html += `${escapeText(before)}<span class="token-${name}">${space}${escapeText(match[0])}</span>`;
    end = match.index + match[0].length;
  }
  return `<pre data-language="ts"><code>${html}${escapeText(code.slice(end).trimEnd())}</code></pre>`;
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
