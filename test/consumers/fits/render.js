// Renders a component in a DOM, loads more until there is no more, and prints its heading and its list.
import { Window } from "happy-dom";

const window = new Window();
const { document } = window;
Object.assign(globalThis, { window, document });
globalThis.navigator ??= window.navigator;
const { createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { App } = await import(process.argv[2]);

const root = document.createElement("main");
document.body.append(root);
createRoot(root).render(createElement(App));

const texts = (selector) => [...root.querySelectorAll(selector)].map(({ textContent }) => textContent);
const isDone = () => texts("p").length > 0 || (texts("h1")[0] && texts("li").length > 0 && !texts("button").length);
const observer = new window.MutationObserver(() => {
  if (!isDone()) return root.querySelector("button")?.click();
  console.log(JSON.stringify({ heading: texts("h1"), list: texts("li"), error: texts("p") }));
  process.exit();
});
observer.observe(root, { childList: true, subtree: true, characterData: true });
